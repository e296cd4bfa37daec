// The integer engine with each set of kernels: products against what the processor can do, a token
// of the smallest shipped shape, and the self-test.
#include "model/engine/engine.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "bench/micro/int8_peak.h"
#include "model/engine/kernels.h"
#include "model/engine/random_model.h"
#include "model/engine/self_test.h"

namespace pith::micro {
namespace {

using model::Engine;

model::NetworkConfig shape() {
  return {.vocabulary = 8192,
          .width = 256,
          .blocks = "rrrr",
          .recurrence_width = 256,
          .feed_forward = 640,
          .ngram_rows = 65536,
          .ngram_width = 64,
          .classes = 192};
}

const model::IntegerModel& some_model() {
  static const model::IntegerModel model = model::random_model(shape(), 1);
  return model;
}

benchmark::Counter rate(double count) {
  return {count, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::OneK::kIs1000};
}

void peak(benchmark::State& state, const char* name) {
  uint64_t count = 0;
  for (auto _ : state) benchmark::DoNotOptimize(count = multiply_in_registers(name));
  if (count == 0) state.SkipWithError("no measurement for these kernels");
  state.counters["multiply_adds"] = rate(static_cast<double>(count));
}

// All products of the blocks for some tokens: of one, weights come from far caches; of many, it is
// the multiplications that count.
void products(benchmark::State& state, const model::Kernels* kernels) {
  model::EngineWeights weights;
  if (!model::arrange_weights(some_model(), &weights).ok()) std::abort();
  const auto tokens = static_cast<size_t>(state.range(0));
  constexpr size_t kStride = 640;
  model::PlainRandom random(1);
  model::AlignedVector<int8_t> in(tokens * kStride);
  for (int8_t& x : in) x = static_cast<int8_t>(random.between(-127, 127));
  model::AlignedVector<int32_t> out(tokens * 768);
  size_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const model::BlockWeights& block : weights.blocks) {
      for (const model::PackedMatrix* matrix : {&block.in, &block.out, &block.up, &block.down}) {
        kernels->product(*matrix, in.data(), kStride, tokens, out.data());
        count += tokens * matrix->rows * matrix->column_groups * model::kColumnGroup;
      }
    }
    benchmark::ClobberMemory();
  }
  state.counters["multiply_adds"] = rate(static_cast<double>(count));
}

// Everything for a token: features, counts of the classes, and counts of one class.
void token(benchmark::State& state, const char* name) {
  static_cast<void>(model::engine_force_kernel(name));
  std::unique_ptr<const Engine> engine;
  if (!Engine::create(some_model(), &engine).ok()) std::abort();
  const auto steps = static_cast<size_t>(state.range(0));
  model::AlignedVector<uint8_t> memory(engine->state_bytes());
  model::AlignedVector<uint8_t> scratch(engine->scratch_bytes(steps));
  std::vector<int8_t> features(steps * engine->feature_size());
  std::vector<uint32_t> counts(steps * engine->config().vocabulary);
  std::vector<uint16_t> tokens(steps);
  model::PlainRandom random(1);
  engine->start(memory.data());
  for (auto _ : state) {
    for (uint16_t& t : tokens) t = static_cast<uint16_t>(random.below(shape().vocabulary));
    engine->advance(tokens.data(), steps, memory.data(), scratch.data(), features.data());
    engine->class_counts(features.data(), steps, scratch.data(), counts.data());
    for (size_t t = 0; t < steps; ++t) {
      engine->token_counts(features.data() + t * engine->feature_size(),
                           random.below(engine->cut().classes()), scratch.data(), counts.data());
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(steps));
}

void self_test(benchmark::State& state, const char* name) {
  static_cast<void>(model::engine_force_kernel(name));
  for (auto _ : state) {
    if (!model::engine_self_test()) state.SkipWithError("wrong numbers");
  }
}

const bool kRegistered = [] {
  for (const model::Kernels* kernels : model::runnable_kernels()) {
    const std::string name = kernels->name;
    benchmark::RegisterBenchmark(("peak/" + name).c_str(), peak, kernels->name);
    benchmark::RegisterBenchmark(("products/" + name).c_str(), products, kernels)
        ->Arg(1)
        ->Arg(2)
        ->Arg(8)
        ->Arg(Engine::kMostSteps);
    benchmark::RegisterBenchmark(("token/" + name).c_str(), token, kernels->name)
        ->Arg(1)
        ->Arg(2)
        ->Arg(8)
        ->Arg(Engine::kMostSteps);
    benchmark::RegisterBenchmark(("self_test/" + name).c_str(), self_test, kernels->name);
  }
  return true;
}();

}  // namespace
}  // namespace pith::micro
