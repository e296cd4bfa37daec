// Text to tokens and back with the shipped vocabulary, and what it takes to get ready.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "corpora/generate.h"
#include "model/vocab/tokenizer.h"
#include "model/vocab/vocabulary_file.h"

namespace pith::micro {
namespace {

constexpr size_t kSize = 1'000'000;
constexpr std::array<std::string_view, 5> kKinds = {"prose", "wiki", "code-c", "han", "random"};

using Bytes = std::vector<uint8_t>;
using Token = model::Vocabulary::Token;

Bytes vocabulary_file() {
  std::ifstream file(PITH_MODELS_DIR "/vocab-8k.pithvocab", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

model::Vocabulary vocabulary() {
  model::Vocabulary vocabulary;
  if (!model::read_vocabulary(vocabulary_file(), &vocabulary).ok()) std::abort();
  return vocabulary;
}

void start(benchmark::State& state) {
  const Bytes file = vocabulary_file();
  for (auto _ : state) {
    model::Vocabulary read;
    if (!model::read_vocabulary(file, &read).ok()) std::abort();
    benchmark::DoNotOptimize(model::Tokenizer(read));
  }
}
BENCHMARK(start)->Unit(benchmark::kMillisecond);

// Argument: number of the kind.
void encode(benchmark::State& state) {
  const std::string_view kind = kKinds[static_cast<size_t>(state.range(0))];
  const Bytes text = corpus::generate(kind, kSize, 1);
  const model::Tokenizer tokenizer(vocabulary());
  std::vector<Token> tokens(text.size());
  size_t count = 0;
  for (auto _ : state) {
    count = tokenizer.encode(text, tokens);
    benchmark::DoNotOptimize(tokens.data());
  }
  state.SetLabel(std::string(kind));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
  state.counters["bytes_per_token"] = static_cast<double>(text.size()) / static_cast<double>(count);
}
BENCHMARK(encode)->DenseRange(0, kKinds.size() - 1);

void decode(benchmark::State& state) {
  const std::string_view kind = kKinds[static_cast<size_t>(state.range(0))];
  Bytes text = corpus::generate(kind, kSize, 1);
  const model::Vocabulary words = vocabulary();
  std::vector<Token> tokens(text.size());
  tokens.resize(model::Tokenizer(words).encode(text, tokens));
  for (auto _ : state) {
    if (model::decode_tokens(words, tokens, text) != text.size()) std::abort();
    benchmark::DoNotOptimize(text.data());
  }
  state.SetLabel(std::string(kind));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(decode)->DenseRange(0, kKinds.size() - 1);

}  // namespace
}  // namespace pith::micro
