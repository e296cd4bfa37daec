// The whole n-gram predictor with its coder, without containers and checksums: each level, each set
// of kernels, with a prior and without, both directions.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "container/methods/ngram_method.h"
#include "container/priors/built_in_priors.h"
#include "corpora/generate.h"
#include "model/engine/aligned_vector.h"

namespace pith::micro {
namespace {

using container::NgramConfig;

constexpr size_t kSize = 300'000;

void predictor(benchmark::State& state, const char* kernels, bool decoding) {
  if (!container::ngram_force_kernel(kernels)) std::abort();
  const std::vector<uint8_t> raw = corpus::generate("prose", kSize, 1);
  NgramConfig config{.level = static_cast<int>(state.range(0)), .raw_size = kSize};
  if (state.range(1) != 0) config.prior = &container::built_in_prior(1);
  model::AlignedVector<uint8_t> memory(container::ngram_memory(config));
  std::vector<uint8_t> coded(kSize);
  const auto encode = [&] { return container::ngram_encode(config, raw, coded, memory, nullptr); };
  const size_t size = encode();
  std::vector<uint8_t> back(kSize);
  for (auto _ : state) {
    if (!decoding) {
      benchmark::DoNotOptimize(encode());
    } else if (!container::ngram_decode(config, std::span(coded).first(size), back, memory,
                                        nullptr)) {
      std::abort();
    }
  }
  if (decoding && back != raw) state.SkipWithError("it did not come back");
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kSize));
  state.counters["bits_per_byte"] = 8.0 * static_cast<double>(size) / kSize;
}

const bool kRegistered = [] {
  for (const char* kernels : container::ngram_kernel_names()) {
    for (const bool decoding : {false, true}) {
      const std::string name = std::string(decoding ? "decode/" : "encode/") + kernels;
      benchmark::RegisterBenchmark(name.c_str(), predictor, kernels, decoding)
          ->ArgNames({"level", "prior"})
          ->ArgsProduct({{1, 2, 3, 4}, {0, 1}})
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
}  // namespace pith::micro
