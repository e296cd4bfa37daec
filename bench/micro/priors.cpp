// What a prior costs: getting it ready, choosing one for a block, and asking it for a context.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "container/priors/built_in_priors.h"
#include "container/priors/prior.h"
#include "corpora/generate.h"
#include "ngram/ensemble.h"
#include "ngram/history.h"

namespace pith::micro {
namespace {

using container::Prior;
using ngram::ContentKind;

constexpr size_t kSize = 200'000;

std::vector<uint8_t> prior_file() {
  std::ifstream file(PITH_PRIORS_DIR "/prose.prior", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One that is part of the program, up to the first block of a level.
void map_and_unpack(benchmark::State& state) {
  const std::vector<uint8_t> file = prior_file();
  const auto level = static_cast<size_t>(state.range(0) - 1);
  for (auto _ : state) {
    std::unique_ptr<Prior> prior;
    if (!Prior::map(file, &prior).ok()) std::abort();
    benchmark::DoNotOptimize(prior->start(level, ContentKind::kText).weight);
  }
}
BENCHMARK(map_and_unpack)->ArgName("level")->DenseRange(1, 4)->Unit(benchmark::kMicrosecond);

// One of a user's own: all of it is read and proved.
void read(benchmark::State& state) {
  const std::vector<uint8_t> file = prior_file();
  for (auto _ : state) {
    std::unique_ptr<Prior> prior;
    if (!Prior::read(file, &prior).ok()) std::abort();
    benchmark::DoNotOptimize(prior.get());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(file.size()));
}
BENCHMARK(read)->Unit(benchmark::kMillisecond);

void choose(benchmark::State& state) {
  const std::vector<uint8_t> text = corpus::generate("prose", kSize, 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(container::choose_built_in_prior(ContentKind::kText, text));
  }
}
BENCHMARK(choose)->Unit(benchmark::kMicrosecond);

// Argument: line of the ensemble. Lines of the table are fetched a byte ahead, as the predictor
// does.
void look_up(benchmark::State& state) {
  const ngram::PriorTable& table = container::built_in_prior(1).table();
  const auto& spec = ngram::ensemble(ContentKind::kText)[static_cast<size_t>(state.range(0))];
  const std::vector<uint8_t> text = corpus::generate("prose", kSize, 1);
  std::vector<uint32_t> hashes;
  ngram::History history{};
  for (size_t i = 0; i < text.size(); ++i) {
    hashes.push_back(spec.hash(history));
    history.append(text.data());
  }
  size_t found = 0;
  for (auto _ : state) {
    found = 0;
    ngram::PriorEntry entry;
    for (size_t i = 0; i + 1 < hashes.size(); ++i) {
      table.prefetch(hashes[i + 1]);
      found += table.find(hashes[i], &entry) ? 1 : 0;
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(hashes.size() - 1));
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(hashes.size() - 1);
}
BENCHMARK(look_up)->ArgName("context")->Arg(0)->Arg(2)->Arg(6)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pith::micro
