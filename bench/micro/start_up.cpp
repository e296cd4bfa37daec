// What the first byte costs: one call on a blob of 1 KB, with everything that is allocated and
// cleared for it. The program adds its own start to this; bench/compare on a small file shows both.
#include <benchmark/benchmark.h>
#include <pith/pith.h>

#include <vector>

#include "bench/micro/check.h"
#include "corpora/generate.h"

namespace pith::micro {
namespace {

constexpr size_t kBlobSize = 1'000;

std::vector<uint8_t> compressed(const std::vector<uint8_t>& raw, int level) {
  std::vector<uint8_t> coded(pith_bound(raw.size()));
  size_t size = coded.size();
  check(pith_compress(coded.data(), &size, raw.data(), raw.size(), level));
  coded.resize(size);
  return coded;
}

void compress_1k(benchmark::State& state) {
  const std::vector<uint8_t> raw = corpus::generate("prose", kBlobSize, 1);
  const int level = static_cast<int>(state.range(0));
  std::vector<uint8_t> coded(pith_bound(raw.size()));
  for (auto _ : state) {
    size_t size = coded.size();
    check(pith_compress(coded.data(), &size, raw.data(), raw.size(), level));
    benchmark::DoNotOptimize(coded.data());
    state.counters["coded_bytes"] = static_cast<double>(size);
  }
}
BENCHMARK(compress_1k)->DenseRange(PITH_LEVEL_MIN, 4)->Unit(benchmark::kMillisecond);

void decompress_1k(benchmark::State& state) {
  std::vector<uint8_t> raw = corpus::generate("prose", kBlobSize, 1);
  const std::vector<uint8_t> coded = compressed(raw, static_cast<int>(state.range(0)));
  for (auto _ : state) {
    size_t size = raw.size();
    check(pith_decompress(raw.data(), &size, coded.data(), coded.size()));
    benchmark::DoNotOptimize(raw.data());
  }
}
BENCHMARK(decompress_1k)->DenseRange(PITH_LEVEL_MIN, 4)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pith::micro
