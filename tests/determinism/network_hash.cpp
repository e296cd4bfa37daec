// Prints hashes of what networks compute, and of texts coded with one beside the n-grams.
//
//   network_hash [SIZE]    SIZE: bytes a text, 1500 by default
//
// Built with other flags, another compiler or for another processor, it must print the same lines.
// Each is computed by every set of kernels that the processor has; their names go to standard
// error. It needs codec, predictor, networks and generator of texts, of the container the network's
// run alone, and xxHash. Networks are random, starting values made by rule, so that its lines tell
// of arithmetic, not of training.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "block_memory.h"
#include "codec/range_coder.h"
#include "container/network/network_run.h"
#include "container/network/text_draft.h"
#include "corpora/generate.h"
#include "fnv1a.h"
#include "made_start.h"
#include "model/engine/engine.h"
#include "model/engine/random_model.h"
#include "model/engine/self_test.h"
#include "model/walk.h"
#include "ngram/kernels_scalar.h"
#include "ngram/network_predictor.h"
#include "tests/neural/small_model.h"
#if defined(__aarch64__)
#include "ngram/kernels_neon.h"
#endif

namespace pith {
namespace {

using Bytes = std::vector<uint8_t>;
using test::BlockMemory;

// Lengths that are and are not multiples of those that kernels work in.
struct Shape {
  const char* name;
  model::NetworkConfig config;
};
const Shape kShapes[] = {
    {"recurrence",
     {.vocabulary = 96,
      .width = 64,
      .blocks = "rrr",
      .recurrence_width = 80,
      .feed_forward = 192,
      .ngram_rows = 64,
      .ngram_width = 16,
      .classes = 16}},
    {"mixed",
     {.vocabulary = 101,
      .width = 39,
      .blocks = "rar",
      .recurrence_width = 23,
      .feed_forward = 57,
      .heads = 4,
      .kv_heads = 2,
      .head_width = 10,
      .window = 19,
      .ngram_rows = 8,
      .ngram_width = 5,
      .classes = 9}},
    {"attention",
     {.vocabulary = 300,
      .width = 130,
      .blocks = "aa",
      .recurrence_width = 8,
      .feed_forward = 65,
      .heads = 3,
      .kv_heads = 1,
      .head_width = 32,
      .window = 128,
      .ngram_rows = 0,
      .classes = 1}},
};
constexpr size_t kTokens = 600;  // several windows

// What comes of some tokens, the first `most` in one call, then fewer, then as many again.
uint64_t run_hash(const model::Engine& engine, std::span<const uint16_t> tokens, size_t most) {
  BlockMemory state(engine.state_bytes());
  BlockMemory scratch(engine.scratch_bytes(most));
  std::vector<int8_t> features(most * engine.feature_size());
  std::vector<uint32_t> counts(
      std::max<size_t>(most * engine.cut().classes(), engine.config().vocabulary));
  test::Fnv1a hash;
  engine.start(state.data());
  size_t steps = most;
  for (size_t done = 0; done < tokens.size(); done += steps, steps = steps % most + 1) {
    steps = std::min(steps, tokens.size() - done);
    engine.advance(tokens.data() + done, steps, state.data(), scratch.data(), features.data());
    for (size_t t = 0; t < steps; ++t) {
      const int8_t* const at = features.data() + t * engine.feature_size();
      hash.add(std::span<const int8_t>(at, engine.config().width));
      engine.class_counts(at, 1, scratch.data(), counts.data());
      const uint32_t classes = engine.cut().classes();
      hash.add(std::span<const uint32_t>(counts).first(classes));
      const uint32_t c = static_cast<uint32_t>(done + t) % classes;
      engine.token_counts(at, c, scratch.data(), counts.data());
      hash.add(std::span<const uint32_t>(counts).first(engine.cut().size(c)));
    }
  }
  return hash.value();
}

bool report_engine(const Shape& shape) {
  std::unique_ptr<const model::Engine> engine;
  if (!model::Engine::create(model::random_model(shape.config, 5), &engine).ok()) return false;
  std::vector<uint16_t> tokens = {model::kStartToken};
  model::PlainRandom random(7);
  while (tokens.size() < kTokens) {
    // Some come again and again, as in a text.
    const uint32_t below = random.below(2) == 0 ? 4 : shape.config.vocabulary;
    tokens.push_back(static_cast<uint16_t>(random.below(below)));
  }
  const uint64_t hash = run_hash(*engine, tokens, 1);
  std::printf("engine %-11s %zu tokens %016llx\n", shape.name, tokens.size(),
              static_cast<unsigned long long>(hash));
  bool good = true;
  for (const char* name : model::engine_kernel_names()) {
    good &= model::engine_force_kernel(name);
    for (const size_t most : {size_t{1}, size_t{5}, model::Engine::kMostSteps}) {
      good &= run_hash(*engine, tokens, most) == hash;
    }
    good &= model::engine_self_test();
  }
  return good;
}

// The bytes that network and n-grams make of raw; empty if they do not decode them.
template <class Kernels, size_t kShape>
Bytes coded_with(const model::LanguageModel& network, ngram::ContentKind kind, const Bytes& raw) {
  using Predictor = ngram::NetworkPredictor<Kernels, kShape>;
  const auto raw_size = static_cast<uint32_t>(raw.size());
  const std::vector<uint16_t> words = test::made_start(Predictor::Ngrams::kShape, 1);
  const ngram::Start start = ngram::start_of(Predictor::Ngrams::kShape, words.data());
  const std::vector<int16_t> weights = test::made_network_start(kShape, 2);
  constexpr uint32_t kGuessFrom = ngram::kNetworkShape[kShape].guess_from;
  BlockMemory memory(ngram::network_predictor_memory(kShape, raw_size));
  // The encoder makes many steps at once, the decoder one after another.
  constexpr size_t kSteps = container::NetworkTrack::kMostSteps;
  BlockMemory run_memory(container::NetworkRun::memory_bytes(network, kSteps));
  const auto keep_on = [](size_t /*done*/) { return true; };
  Bytes coded(2 * raw.size() + 64);
  {
    Predictor& predictor = *Predictor::create(kind, start, weights.data(), raw.data(), raw_size,
                                              memory.data(), nullptr);
    container::TextDraft draft(network.vocabulary(), raw);
    container::NetworkRun run(network, kGuessFrom, kSteps, &draft, run_memory.data());
    codec::RangeEncoder encoder(coded);
    model::WalkEncoder coder{encoder};
    if (!run.encode(predictor, coder, raw, keep_on)) return {};
    coded.resize(encoder.finish());
    if (encoder.overflowed()) return {};
  }
  Bytes back(raw.size());
  Predictor& predictor = *Predictor::create(kind, start, weights.data(), back.data(), raw_size,
                                            memory.data(), nullptr);
  container::NetworkRun run(network, kGuessFrom, 1, nullptr, run_memory.data());
  codec::RangeDecoder decoder(coded);
  model::WalkDecoder coder{decoder};
  if (!run.decode(predictor, coder, back, keep_on)) return {};
  return back == raw ? coded : Bytes();
}

// The bytes that all kernels make of raw; empty if they disagree.
template <size_t kShape>
Bytes coded_by_all(const model::LanguageModel& network, ngram::ContentKind kind, const Bytes& raw) {
  Bytes coded;
  for (const char* name : model::engine_kernel_names()) {
    if (!model::engine_force_kernel(name)) return {};
    const Bytes found = coded_with<ngram::ScalarKernels, kShape>(network, kind, raw);
    if (coded.empty()) coded = found;
    if (found != coded) return {};
  }
#if defined(__aarch64__)
  if (coded_with<ngram::NeonKernels, kShape>(network, kind, raw) != coded) return {};
#endif
  return coded;
}

template <size_t kShape>
bool report_text(const model::LanguageModel& network, const char* name, ngram::ContentKind kind,
                 size_t size) {
  const Bytes raw = corpus::generate(name, size, 1);
  const Bytes coded = coded_by_all<kShape>(network, kind, raw);
  test::Fnv1a hash;
  hash.add(std::span<const uint8_t>(coded));
  std::printf("network %zu %-12s kind %d: %7zu -> %7zu %016llx\n", kShape, name,
              static_cast<int>(kind), raw.size(), coded.size(),
              static_cast<unsigned long long>(hash.value()));
  return !coded.empty();
}

template <size_t kShape>
bool report_texts(const model::LanguageModel& network, size_t size) {
  using ngram::ContentKind;
  bool good = true;
  for (const char* name : {"prose", "cyrillic", "random", "zeros"}) {
    good &= report_text<kShape>(network, name, ContentKind::kText, size);
  }
  for (const char* name : {"log-access", "json", "mixed"}) {
    good &= report_text<kShape>(network, name, ContentKind::kStructured, size);
  }
  return report_text<kShape>(network, "archive", ContentKind::kText, 10 * size) && good;
}

}  // namespace
}  // namespace pith

int main(int argc, char** argv) {
  const size_t size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1500;
  bool good = size > 0;
  std::fputs("engine kernels:", stderr);
  for (const char* name : pith::model::engine_kernel_names()) std::fprintf(stderr, " %s", name);
  std::fputs("\n", stderr);
  for (const pith::Shape& shape : pith::kShapes) good &= pith::report_engine(shape);
  // The file of a model, written and read.
  const std::vector<uint8_t> file = pith::test::small_model_file(1);
  pith::test::Fnv1a hash;
  hash.add(std::span<const uint8_t>(file));
  const auto network = pith::test::small_model(1);
  if (network == nullptr) {
    std::fputs("network_hash: a model that was written is not read\n", stderr);
    return EXIT_FAILURE;
  }
  std::printf("model file %zu bytes %016llx, id %016llx\n", file.size(),
              static_cast<unsigned long long>(hash.value()),
              static_cast<unsigned long long>(network->id()));
  good &= pith::report_texts<0>(*network, size) && pith::report_texts<1>(*network, size);
  if (!good)
    std::fputs("network_hash: kernels disagree, or do not decode what they coded\n", stderr);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
