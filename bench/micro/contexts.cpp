// What the n-gram predictor looks up for each byte or decision, piece by piece: features and
// hashes, slots of bit histories, adaptive maps, the match model.
#include <benchmark/benchmark.h>

#include <vector>

#include "codec/byte_code.h"
#include "corpora/generate.h"
#include "ngram/adaptive_map.h"
#include "ngram/bit_history.h"
#include "ngram/ensemble.h"
#include "ngram/history.h"
#include "ngram/match_model.h"
#include "ngram/slot_table.h"
#include "ngram/start_tables.h"

namespace pith::micro {
namespace {

using ngram::ContentKind;

constexpr size_t kSize = 1'000'000;
constexpr size_t kMost = ngram::kMaxContexts;

void rate(benchmark::State& state, size_t items) {
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(items));
}

// [byte][context] hashes of all contexts of text at the most thorough level.
std::vector<uint32_t> hashes(const std::vector<uint8_t>& text) {
  const ngram::Ensemble& ensemble = ngram::ensemble(ContentKind::kText);
  ngram::History history{};
  std::vector<uint32_t> all;
  all.reserve(text.size() * kMost);
  for (size_t i = 0; i < text.size(); ++i) {
    for (const ngram::ContextSpec& spec : ensemble) all.push_back(spec.hash(history));
    history.append(text.data());
  }
  return all;
}

void features_and_hashes(benchmark::State& state) {
  const std::vector<uint8_t> text = corpus::generate("prose", kSize, 1);
  for (auto _ : state) benchmark::DoNotOptimize(hashes(text).data());
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kSize));
}
BENCHMARK(features_and_hashes)->Unit(benchmark::kMillisecond);

// Arguments: contexts; size of the table, MiB; whether lines are fetched a byte ahead.
void slots(benchmark::State& state) {
  const auto contexts = static_cast<size_t>(state.range(0));
  const auto lines = static_cast<uint32_t>((state.range(1) << 20) / 64);
  const bool ahead = state.range(2) != 0;
  const std::vector<uint8_t> text = corpus::generate("prose", kSize, 1);
  const std::vector<uint32_t> all = hashes(text);
  std::vector<ngram::ByteLine> memory(lines);
  const ngram::SlotTable<ngram::ByteLine> table{memory.data(), lines};
  const uint8_t* next = ngram::kBitHistory.next[1].data();
  for (auto _ : state) {
    for (size_t i = 0; i + 1 < text.size(); ++i) {
      const uint32_t* hash = all.data() + i * kMost;
      for (size_t k = 0; ahead && k < contexts; ++k) __builtin_prefetch(table.at(hash[kMost + k]));
      for (size_t k = 0; k < contexts; ++k) {
        ngram::ByteLine* line = table.at(hash[k]);
        const auto check = static_cast<uint16_t>((hash[k] * 0x9E3779B1u) >> 16 | 1);
        uint8_t& history = line->state[ngram::find_slot(line, check)][0];
        history = next[history];
      }
    }
    benchmark::ClobberMemory();
  }
  rate(state, text.size() * contexts);
}
BENCHMARK(slots)
    ->ArgNames({"contexts", "MiB", "ahead"})
    ->Args({4, 8, 0})
    ->Args({4, 8, 1})
    ->Args({14, 96, 0})
    ->Args({14, 96, 1})
    ->Unit(benchmark::kMillisecond);

// Argument: log2 of the rows.
void adaptive_map(benchmark::State& state) {
  using ngram::AdaptiveMap;
  const auto rows = uint32_t{1} << state.range(0);
  const ngram::Start start = ngram::start_table(0, ContentKind::kText);
  std::vector<ngram::AdaptiveProbability> memory(size_t{rows} * AdaptiveMap::kColumns);
  AdaptiveMap map{};
  map.init(memory.data(), rows, start.curve);
  const std::vector<uint8_t> text = corpus::generate("prose", kSize, 1);
  uint32_t sum = 0;
  for (auto _ : state) {
    uint32_t last = 0;
    for (const uint8_t byte : text) {
      last = last << 8 | byte;
      map.enter((last & 0xFFFF) * 0x9E3779B1u >> (36 - state.range(0)));
      uint32_t node = 1;
      for (int i = 3; i >= 0; --i) {
        const uint32_t bit = byte >> i & 1;
        map.choose(node);
        sum += map.refine(static_cast<int>(byte) * 64 - 8192);
        map.update(bit);
        node = 2 * node + bit;
      }
    }
    benchmark::DoNotOptimize(sum);
  }
  rate(state, 4 * text.size());
}
BENCHMARK(adaptive_map)->ArgName("bits")->Arg(9)->Arg(17)->Unit(benchmark::kMillisecond);

void match_model(benchmark::State& state, const char* kind) {
  constexpr uint32_t kTableBits = 20;
  const std::vector<uint8_t> text = corpus::generate(kind, kSize, 1);
  uint64_t followed = 0;
  for (auto _ : state) {
    std::vector<uint32_t> tables(size_t{2} << kTableBits);
    ngram::MatchModel model{};
    model.init(codec::kTextByteCode, tables.data(), kTableBits, true);
    uint64_t last8 = 0;
    followed = 0;
    for (uint32_t i = 0; i < text.size(); ++i) {
      model.choose(0, 0);
      model.update(text[i] >> 7);
      last8 = last8 << 8 | text[i];
      model.append(text.data(), i + 1, last8);
      followed += model.length != 0 ? 1 : 0;
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kSize));
  state.counters["followed"] = static_cast<double>(followed) / kSize;
}
BENCHMARK_CAPTURE(match_model, prose, "prose")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_model, log, "log-system")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pith::micro
