#include "model/engine/self_test.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "model/engine/engine.h"
#include "model/engine/random_model.h"

namespace pith::model {
namespace {

// Every kind of block; no length is a multiple of those that kernels work in.
constexpr uint64_t kSeed = 1;
constexpr size_t kSteps = 7;
NetworkConfig small_config() {
  return {.vocabulary = 53,
          .width = 37,
          .blocks = "ra",
          .recurrence_width = 21,
          .feed_forward = 43,
          .heads = 2,
          .kv_heads = 1,
          .head_width = 10,
          .window = 5,
          .ngram_rows = 16,
          .ngram_width = 7,
          .classes = 5};
}

// Of scalar code; docs/network.md changes where this does.
constexpr uint64_t kExpected = 0xBF9DDB58C5D729A1u;

// FNV-1a over whole numbers, so that it does not depend on the order of bytes.
class Hash {
 public:
  void add(uint64_t number) { value_ = (value_ ^ number) * 0x100000001B3u; }
  [[nodiscard]] uint64_t value() const { return value_; }

 private:
  uint64_t value_ = 0xCBF29CE484222325u;
};

}  // namespace

bool engine_self_test() {
  std::unique_ptr<const Engine> engine;
  if (!Engine::create(random_model(small_config(), kSeed), &engine).ok()) return false;
  AlignedVector<uint8_t> state(engine->state_bytes());
  AlignedVector<uint8_t> scratch(engine->scratch_bytes(kSteps));
  std::vector<int8_t> features(kSteps * engine->feature_size());
  std::vector<uint32_t> counts(engine->config().vocabulary);
  uint16_t tokens[kSteps];
  PlainRandom random(kSeed);
  for (uint16_t& token : tokens) {
    token = static_cast<uint16_t>(random.below(engine->config().vocabulary));
  }
  Hash hash;
  engine->start(state.data());
  // Many tokens at once, then one: both must be what they are.
  for (const size_t steps : {kSteps, size_t{1}}) {
    engine->advance(tokens, steps, state.data(), scratch.data(), features.data());
    for (size_t i = 0; i < steps * engine->feature_size(); ++i) {
      hash.add(static_cast<uint64_t>(features[i]));
    }
    const uint32_t classes = engine->cut().classes();
    engine->class_counts(features.data(), 1, scratch.data(), counts.data());
    for (uint32_t i = 0; i < classes; ++i) hash.add(counts[i]);
    for (uint32_t c = 0; c < classes; ++c) {
      engine->token_counts(features.data(), c, scratch.data(), counts.data());
      for (uint32_t i = 0; i < engine->cut().size(c); ++i) hash.add(counts[i]);
    }
  }
  return hash.value() == kExpected;
}

}  // namespace pith::model
