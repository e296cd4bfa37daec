// The mixer: gated logistic mixing (M. Mahoney, "Adaptive weighing of context models", 2005), with
// weights that are sums.
//
// Each of kSets small contexts picks a row of weights; the rows are added, and the dot product of
// the sum with the inputs, all of them logits, is the mixed logit. All rows learn from the one
// error of the result, by the gradient of coding cost. Measured against mixers of their own for
// each context under a second layer, this costs a third of the arithmetic and predicts better.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/logistic.h"
#include "ngram/kernels_scalar.h"
#include "ngram/unroll.h"

namespace pith::ngram {

template <class Kernels, size_t kInputs, size_t kSets>
struct Mixer {
  static_assert(kInputs % kInputGroup == 0);

  int16_t* weight[kSets];  // [rows][kInputs] each, 64-byte aligned
  int16_t* row[kSets];     // the rows in work
  alignas(64) uint16_t dither[kInputGroup];
  int logit;  // the last result

  // weights: of the first set, the others behind it; rows: [kSets] in each set.
  void init(int16_t* weights, const uint32_t* rows) {
    for (size_t s = 0; s < kSets; ++s) {
      weight[s] = row[s] = weights;
      weights += rows[s] * kInputs;
    }
    for (size_t i = 0; i < kInputGroup; ++i) {
      dither[i] = static_cast<uint16_t>((i + 1) * 0x9E37u);
    }
    logit = 0;
  }

  // input: [kInputs], 64-byte aligned; rows: [kSets] below those of each set.
  [[gnu::always_inline]] int mix(const int16_t* input, const uint32_t* rows) {
    PITH_UNROLL
    for (size_t s = 0; s < kSets; ++s) row[s] = weight[s] + rows[s] * kInputs;
    const int32_t sum = Kernels::template dot<kInputs, kSets>(input, row);
    logit = codec::clamp_logit(sum >> (kWeightBits + kInputBits));
    return logit;
  }

  // rate: a certain miss moves the weight of an input of one nat by about rate / 2^17 in each set.
  [[gnu::always_inline]] void update(const int16_t* input, uint32_t bit, int32_t rate) {
    const int32_t miss = static_cast<int32_t>((bit << codec::kProbBits) - codec::squash(logit));
    // |miss| <= 2^24 and rate < 2^12: without its last 6 bits, the product fits 32 bits.
    int32_t error = ((miss >> 6) * rate + (1 << 10)) >> 11;
    error = error > 32767 ? 32767 : error < -32767 ? -32767 : error;
    Kernels::template train<kInputs, kSets>(input, row, static_cast<int16_t>(error), dither);
  }
};

}  // namespace pith::ngram
