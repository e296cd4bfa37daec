#include "made_start.h"

#include <cstddef>

#include "codec/logistic.h"
#include "ngram/bit_history.h"
#include "ngram/kernels_scalar.h"
#include "ngram/network_predictor.h"

namespace pith::test {
namespace {

using ngram::AdaptiveMap;
using ngram::MatchModel;

// n1 of n bits were ones: probability of another, in 1/2^16.
uint16_t share(uint32_t n1, uint32_t n) {
  return static_cast<uint16_t>(65536 * (2 * n1 + 1) / (2 * n + 2));
}

// The identity of an adaptive map at one of its columns.
uint16_t unrefined(size_t column) {
  const int place = (static_cast<int>(column) - AdaptiveMap::kCentre) * codec::kLogitOne;
  const int size = place < 0 ? -place : place;
  const int logit = size > AdaptiveMap::kFine ? 2 * size - AdaptiveMap::kFine : size;
  return static_cast<uint16_t>(codec::squash(codec::clamp_logit(place < 0 ? -logit : logit)) >> 8);
}

// Small numbers about 0.
class Noise {
 public:
  explicit Noise(uint32_t seed) : state_(seed) {}
  [[nodiscard]] int next() {
    state_ = state_ * 1664525 + 1013904223;
    return static_cast<int>(state_ >> 25) - 64;
  }

 private:
  uint32_t state_;
};

}  // namespace

std::vector<uint16_t> made_start(const ngram::LevelShape& shape, uint32_t seed) {
  std::vector<uint16_t> words;
  words.reserve(ngram::start_words(shape));
  const auto put = [&words](int word) { words.push_back(static_cast<uint16_t>(word)); };
  for (size_t i = 0; i < shape.contexts * 256; ++i) {
    const ngram::BitHistory& h = ngram::kBitHistory.history[i % 256];
    put(share(h.n1, uint32_t{h.n0} + h.n1));
  }
  for (uint32_t i = 0; i < MatchModel::kMaps; ++i) {
    const uint32_t agreed = i / (2 * MatchModel::kMissClasses) + 1;
    put(share(i % 2 == 0 ? 0 : agreed, agreed));
  }
  for (size_t i = 0; i < shape.maps * ngram::Start::kCurve; ++i) {
    put(unrefined(i % AdaptiveMap::kColumns));
  }
  for (size_t i = 0; i < shape.contexts * 2 * ngram::kRunClasses; ++i) {
    const auto length = static_cast<uint32_t>(i % ngram::kRunClasses);
    put(codec::stretch(share(length, length) >> 4) * (1 << ngram::kInputBits));
  }
  const size_t lanes = ngram::padded_contexts(shape);
  const int one = (1 << ngram::kWeightBits) / static_cast<int>(shape.sets);
  const int each = 2 * one / static_cast<int>(shape.contexts);  // contexts agree: surer than each
  Noise noise(seed);
  for (size_t i = 0; i < ngram::weight_rows(shape) * ngram::padded_inputs(shape); ++i) {
    const size_t input = i % ngram::padded_inputs(shape);
    const bool of_state = input < shape.contexts;
    const bool of_match = input == shape.contexts;
    const bool of_run = input >= lanes && input < lanes + shape.contexts;
    put(noise.next() + (of_state ? each : of_match ? one / 4 : of_run ? each / 16 : 0));
  }
  return words;
}

std::vector<int16_t> made_network_start(size_t shape, uint32_t seed) {
  constexpr int kEach = (1 << ngram::kWeightBits) / 8;  // of a set: a mixer has four or five
  Noise noise(seed);
  std::vector<int16_t> weights(ngram::network_start_words(shape));
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t input = i % ngram::network_inputs(shape);
    const bool of_whole =  // n-grams, network
        input == ngram::kInputsOfNgrams || input == ngram::kInputsOfNgrams + 1;
    weights[i] = static_cast<int16_t>(noise.next() + (of_whole ? kEach : 0));
  }
  return weights;
}

}  // namespace pith::test
