// State maps: what the bit histories of each context mean, as adaptive probabilities and their
// logits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/logistic.h"
#include "ngram/adaptive_probability.h"
#include "ngram/kernels_scalar.h"

namespace pith::ngram {

template <size_t kContexts>
struct StateMaps {
  static constexpr size_t kStates = 256;

  AdaptiveProbability probability[kContexts * kStates];
  alignas(64) int16_t logit[kContexts * kStates];  // of the probability, as an input of the mixer

  void set(size_t row, AdaptiveProbability p) {
    probability[row] = p;
    logit[row] = as_input(p);
  }

  [[gnu::always_inline]] void update(size_t row, uint32_t bit) {
    const AdaptiveProbability p = updated(probability[row], bit);
    probability[row] = p;
    logit[row] = as_input(p);
  }

 private:
  [[gnu::always_inline]] static int16_t as_input(AdaptiveProbability p) {
    return static_cast<int16_t>(codec::stretch(probability12(p)) * (1 << kInputBits));
  }
};

}  // namespace pith::ngram
