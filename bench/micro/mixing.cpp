// The mixer: a dot product and a step of learning, with each set of kernels.
#include "bench/micro/mixing.h"

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "model/engine/aligned_vector.h"

namespace pith::micro {
namespace {

constexpr size_t kCount = 10'000;

constexpr NamedMixing kScalarMixing = {"scalar", [] { return true; },
                                       mix_and_learn<ngram::ScalarKernels>};

void mix(benchmark::State& state, MixingFunction run) {
  std::mt19937 random(1);
  model::AlignedVector<int16_t> inputs(kCount * kMixedInputs);
  for (int16_t& x : inputs) x = static_cast<int16_t>(random() % 8192) - 4096;
  model::AlignedVector<int16_t> weights(kMixedSets * kMixedRows * kMixedInputs);
  for (auto _ : state) benchmark::DoNotOptimize(run(inputs.data(), kCount, weights.data()));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kCount));
}

const bool kRegistered = [] {
  const NamedMixing* const all[] = {
      &kScalarMixing,
#if defined(__x86_64__)
      &kAvx2Mixing,
      &kAvx512Mixing,
#elif defined(__aarch64__)
      &kNeonMixing,
#endif
  };
  for (const NamedMixing* mixing : all) {
    if (!mixing->supported()) continue;
    benchmark::RegisterBenchmark((std::string("mix/") + mixing->name).c_str(), mix, mixing->run);
  }
  return true;
}();

}  // namespace
}  // namespace pith::micro
