#include "fuzz/network.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "fuzz/coder.h"
#include "model/engine/aligned_vector.h"
#include "model/engine/engine.h"
#include "model/engine/random_model.h"
#include "tests/engine/plain_engine.h"

namespace pith::fuzz {
namespace {

using namespace model;

// What a network says of a text: after each step the features, and the counts of all classes and of
// the tokens of one.
struct Said {
  std::vector<int32_t> features;
  std::vector<uint32_t> counts;
  friend bool operator==(const Said&, const Said&) = default;

  template <class Numbers>
  void add_counts(const Numbers& more) {
    for (const auto count : more) {
      require(count >= 1 && count <= Engine::kCountMax, "counts are in their range");
      counts.push_back(static_cast<uint32_t>(count));
    }
  }
};

// As docs/network.md has it, number by number.
Said said_plainly(const IntegerModel& numbers, std::span<const uint16_t> tokens) {
  PlainEngine engine(numbers);
  Said all;
  for (const uint16_t token : tokens) {
    const PlainEngine::Numbers features = engine.step(token);
    all.features.insert(all.features.end(), features.begin(), features.end());
    all.add_counts(engine.class_counts(features));
    all.add_counts(engine.token_counts(features, token % numbers.cut.classes()));
  }
  return all;
}

// In calls of so many steps. Memory is as long as the engine says and not zero: a sanitizer and the
// comparison see what it takes that is not there.
Said said(const Engine& engine, std::span<const uint16_t> tokens, size_t steps) {
  AlignedVector<uint8_t> state(engine.state_bytes(), 0x5A);
  const size_t width = engine.feature_size();
  const uint32_t classes = engine.cut().classes();
  engine.start(state.data());
  Said all;
  for (size_t at = 0; at < tokens.size(); at += steps) {
    const size_t n = std::min(steps, tokens.size() - at);
    AlignedVector<uint8_t> scratch(engine.scratch_bytes(n), 0x5A);
    AlignedVector<int8_t> features(n * width);
    std::vector<uint32_t> counts(n * classes);
    engine.advance(&tokens[at], n, state.data(), scratch.data(), features.data());
    engine.class_counts(features.data(), n, scratch.data(), counts.data());
    for (size_t i = 0; i < n; ++i) {
      const int8_t* of_step = features.data() + i * width;
      all.features.insert(all.features.end(), of_step, of_step + engine.config().width);
      all.add_counts(std::span(counts).subspan(i * classes, classes));
      const uint32_t c = tokens[at + i] % classes;
      std::vector<uint32_t> of_class(engine.cut().size(c));
      engine.token_counts(of_step, c, scratch.data(), of_class.data());
      all.add_counts(of_class);
    }
  }
  return all;
}

}  // namespace

bool run_network(const IntegerModel& numbers, size_t tokens) {
  std::unique_ptr<const Engine> engine;
  if (!Engine::create(numbers, &engine).ok()) return false;
  PlainRandom random(numbers.parameters.size());
  std::vector<uint16_t> text = {kStartToken};
  while (text.size() < tokens) {
    text.push_back(static_cast<uint16_t>(random.below(numbers.config.vocabulary)));
  }
  const Said expected = said_plainly(numbers, text);
  for (const char* name : engine_kernel_names()) {
    require(engine_force_kernel(name), "kernels that run here can be chosen");
    for (const size_t steps : {size_t{1}, size_t{5}}) {
      require(said(*engine, text, steps) == expected, "kernels say what the document says");
    }
  }
  return true;
}

}  // namespace pith::fuzz
