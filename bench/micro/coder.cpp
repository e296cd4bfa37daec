// The range coder, and the walk along a byte code with a predictor that knows nothing: what coding
// costs before anything is predicted.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <random>
#include <vector>

#include "codec/byte_code.h"
#include "codec/range_coder.h"
#include "corpora/generate.h"
#include "model/byte_alphabet.h"
#include "model/walk.h"

namespace pith::micro {
namespace {

constexpr size_t kDecisions = 1'000'000;

struct Decision {
  uint32_t p1;  // in 1/2^24
  uint32_t bit;
};

// Outcomes as likely as they are said to be. doubt: the rarer outcome comes once in so many.
std::vector<Decision> decisions(int64_t doubt) {
  std::mt19937 random(1);
  const auto rare = static_cast<uint32_t>((1 << 24) / doubt);
  std::vector<Decision> list(kDecisions);
  for (Decision& d : list) {
    d.p1 = (random() & 1) != 0 ? rare : (1u << 24) - rare;
    d.bit = (random() & 0xFFFFFF) < d.p1 ? 1 : 0;
  }
  return list;
}

size_t encode(const std::vector<Decision>& list, std::vector<uint8_t>* coded) {
  codec::RangeEncoder coder(*coded);
  for (const Decision& d : list) coder.encode(d.bit, d.p1);
  return coder.finish();
}

void range_encode(benchmark::State& state) {
  const std::vector<Decision> list = decisions(state.range(0));
  std::vector<uint8_t> coded(kDecisions);
  size_t size = 0;
  for (auto _ : state) benchmark::DoNotOptimize(size = encode(list, &coded));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kDecisions));
  state.counters["bits_a_decision"] = 8.0 * static_cast<double>(size) / kDecisions;
}
BENCHMARK(range_encode)->ArgName("doubt")->Arg(2)->Arg(20)->Arg(1000);

void range_decode(benchmark::State& state) {
  const std::vector<Decision> list = decisions(state.range(0));
  std::vector<uint8_t> coded(kDecisions);
  coded.resize(encode(list, &coded));
  for (auto _ : state) {
    codec::RangeDecoder coder(coded);
    uint32_t wrong = 0;
    for (const Decision& d : list) wrong |= coder.decode(d.p1) ^ d.bit;
    if (wrong != 0) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kDecisions));
}
BENCHMARK(range_decode)->ArgName("doubt")->Arg(2)->Arg(20)->Arg(1000);

// Says of every decision that both outcomes are alike, and counts them.
struct Evenly {
  uint64_t decisions = 0;
  [[nodiscard]] uint32_t predict() const { return 1u << 23; }
  void update(uint32_t) { ++decisions; }
};

void walk_bytes(benchmark::State& state, const codec::ByteCode* code) {
  const std::vector<uint8_t> text = corpus::generate("prose", kDecisions, 1);
  std::vector<uint8_t> coded(2 * text.size());
  Evenly predictor;
  for (auto _ : state) {
    predictor = {};
    codec::RangeEncoder coder(coded);
    model::WalkEncoder walker{coder};
    const model::ByteAlphabet::Cursor start(*code);
    for (const uint8_t byte : text) {
      model::walk<model::ByteAlphabet>(predictor, walker, byte, start);
    }
    benchmark::DoNotOptimize(coder.finish());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
  state.counters["decisions_a_byte"] =
      static_cast<double>(predictor.decisions) / static_cast<double>(text.size());
}
BENCHMARK_CAPTURE(walk_bytes, text_code, &codec::kTextByteCode);
BENCHMARK_CAPTURE(walk_bytes, flat_code, &codec::kFlatByteCode);

}  // namespace
}  // namespace pith::micro
