// One block of a megabyte at each level, text and binary, both directions, one thread.
#include <benchmark/benchmark.h>
#include <pith/pith.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bench/micro/check.h"
#include "corpora/generate.h"

namespace pith::micro {
namespace {

constexpr size_t kSize = 1'000'000;
constexpr std::array<std::string_view, 4> kKinds = {"prose", "wiki", "log-system", "executable"};

std::vector<uint8_t> input(const benchmark::State& state) {
  return corpus::generate(kKinds[static_cast<size_t>(state.range(1))], kSize, 1);
}

void label(benchmark::State& state) {
  state.SetLabel(std::string(kKinds[static_cast<size_t>(state.range(1))]));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kSize));
}

// Arguments: level, number of the kind.
void encode_block(benchmark::State& state) {
  const std::vector<uint8_t> raw = input(state);
  std::vector<uint8_t> coded(pith_bound(raw.size()));
  size_t size = 0;
  for (auto _ : state) {
    size = coded.size();
    check(pith_compress(coded.data(), &size, raw.data(), raw.size(),
                        static_cast<int>(state.range(0))));
  }
  state.counters["bits_per_byte"] = 8.0 * static_cast<double>(size) / static_cast<double>(kSize);
  label(state);
}

void decode_block(benchmark::State& state) {
  std::vector<uint8_t> raw = input(state);
  std::vector<uint8_t> coded(pith_bound(raw.size()));
  size_t size = coded.size();
  check(
      pith_compress(coded.data(), &size, raw.data(), raw.size(), static_cast<int>(state.range(0))));
  for (auto _ : state) {
    size_t raw_size = raw.size();
    check(pith_decompress(raw.data(), &raw_size, coded.data(), size));
  }
  label(state);
}

void levels_and_kinds(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"level", "kind"})->Unit(benchmark::kMillisecond);
  for (int64_t kind = 0; kind < static_cast<int64_t>(kKinds.size()); ++kind) {
    for (int64_t level = PITH_LEVEL_MIN; level <= 4; ++level) bench->Args({level, kind});
  }
}
BENCHMARK(encode_block)->Apply(levels_and_kinds);
BENCHMARK(decode_block)->Apply(levels_and_kinds);

}  // namespace
}  // namespace pith::micro
