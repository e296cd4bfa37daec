// Training of starting values, with the plain kernels: they give what all others give, and what is
// compiled for one instruction set alone has no place in a function that uses the standard library.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>

#include "codec/range_coder.h"
#include "container/methods/neural_method.h"
#include "container/methods/ngram_method.h"
#include "container/methods/ngram_start.h"
#include "container/network/network_run.h"
#include "container/network/text_draft.h"
#include "ngram/kernels_scalar.h"
#include "ngram/network_predictor.h"
#include "ngram/start_trainer.h"

namespace pith::container {
namespace {

using Train = std::vector<uint16_t> (*)(ngram::ContentKind,
                                        const std::vector<std::span<const uint8_t>>&, double*,
                                        const ngram::PriorTable*);

template <size_t... kLevel>
constexpr std::array<Train, sizeof...(kLevel)> trainers(std::index_sequence<kLevel...>) {
  return {ngram::StartTrainer::train<ngram::ScalarKernels, kLevel>...};
}

constexpr auto kTrainers = trainers(std::make_index_sequence<ngram::kNgramLevels>());

// Weights that know nothing of any text: what the n-grams say and what the network says, equally.
template <size_t kShape>
std::vector<int16_t> untrained_weights() {
  using Mixers = ngram::NetworkMixers<ngram::ScalarKernels, kShape>;
  constexpr int16_t kEach = (1 << ngram::kWeightBits) / (2 * (Mixers::kSets / Mixers::kMixers));
  std::vector<int16_t> words(Mixers::kWords, 0);
  for (size_t row = 0; row < words.size(); row += ngram::network_inputs(kShape)) {
    words[row + ngram::kInputsOfNgrams] = words[row + ngram::kInputsOfNgrams + 1] = kEach;
  }
  return words;
}

// To 8 fractional bits: it costs 0.005 % of size and saves four fifths of the file.
int16_t rounded(int16_t weight) {
  constexpr int kStep = 1 << (ngram::kWeightBits - 8);
  const int steps = (weight + kStep / 2) >> (ngram::kWeightBits - 8);
  return static_cast<int16_t>(std::min(steps, 32767 / kStep) * kStep);
}

template <size_t kShape>
std::vector<uint16_t> train_shape(const model::LanguageModel& network, ngram::ContentKind kind,
                                  std::span<const NeuralSample> samples, double* bits_per_byte) {
  using P = ngram::NetworkPredictor<ngram::ScalarKernels, kShape>;
  constexpr size_t kSteps = NetworkTrack::kMostSteps;
  size_t largest = 0;
  for (const NeuralSample& sample : samples) largest = std::max(largest, sample.bytes.size());
  const size_t room =
      (ngram::network_predictor_memory(kShape, static_cast<uint32_t>(largest)) + 63) / 64 * 64;
  const size_t memory_size = (room + NetworkRun::memory_bytes(network, kSteps) + 63) / 64 * 64;
  const std::unique_ptr<uint8_t[], void (*)(void*)> memory(
      static_cast<uint8_t*>(std::aligned_alloc(64, memory_size)), std::free);
  if (memory == nullptr) throw std::bad_alloc();
  std::vector<uint8_t> coded(largest + largest / 8 + 1024);
  std::vector<int16_t> weights = untrained_weights<kShape>();
  double bits = 0;
  double bytes = 0;
  for (const NeuralSample& sample : samples) {
    const auto size = static_cast<uint32_t>(sample.bytes.size());
    NgramConfig config{.level = ngram::kNgramLevels, .kind = kind, .prior = sample.prior};
    P* p = P::create(kind, start_of(config, ngram::kNetworkLevel), weights.data(),
                     sample.bytes.data(), size, memory.get(), table_of(config));
    p->learn_steadily();
    TextDraft draft(network.vocabulary(), sample.bytes);
    NetworkRun run(network, ngram::kNetworkShape[kShape].guess_from, kSteps, &draft,
                   memory.get() + room);
    codec::RangeEncoder coder(coded);
    model::WalkEncoder walker{coder};
    run.encode(*p, walker, sample.bytes, [](size_t) { return true; });
    bits += 8 * static_cast<double>(coder.finish());
    bytes += static_cast<double>(size);
    weights.assign(p->weights(), p->weights() + weights.size());
  }
  *bits_per_byte = bits / bytes;
  std::vector<uint16_t> words;
  words.reserve(weights.size());
  for (const int16_t weight : weights) words.push_back(static_cast<uint16_t>(rounded(weight)));
  return words;
}

}  // namespace

std::vector<uint16_t> ngram_train_start(int level, ngram::ContentKind kind,
                                        const ngram::PriorTable* table,
                                        const std::vector<std::span<const uint8_t>>& samples) {
  double bits_per_byte = 0;
  return kTrainers[static_cast<size_t>(level - 1)](kind, samples, &bits_per_byte, table);
}

std::vector<uint16_t> neural_train_start(size_t shape, const model::LanguageModel& network,
                                         ngram::ContentKind kind,
                                         std::span<const NeuralSample> samples,
                                         double* bits_per_byte) {
  return shape == 0 ? train_shape<0>(network, kind, samples, bits_per_byte)
                    : train_shape<1>(network, kind, samples, bits_per_byte);
}

}  // namespace pith::container
