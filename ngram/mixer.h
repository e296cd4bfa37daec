// Mixers: gated logistic mixing (M. Mahoney, "Adaptive weighing of context models", 2005; Knoll and
// de Freitas, 2012).
//
// A mixer has rows of weights. A small context picks the row; its dot product with the inputs, all
// of them logits, is the mixed logit. Each row learns on its own by the gradient of coding cost: w
// += rate * error * input.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/logistic.h"
#include "ngram/kernels_scalar.h"

namespace pith::ngram {

inline constexpr int kDotShift = 13;  // weights have 13 fractional bits in the dot product

template <class Kernels, size_t kInputs>
struct Mixer {
  static_assert(kInputs % kInputGroup == 0);

  int32_t* weight;  // [rows][kInputs], 64-byte aligned
  int32_t* row;     // the row in work
  int logit;        // its output

  // start: [kInputs] weights to begin with, in 1/2^29.
  void init(int32_t* memory, uint32_t rows, const int32_t* start) {
    weight = row = memory;
    logit = 0;
    for (uint32_t r = 0; r < rows; ++r) {
      for (size_t i = 0; i < kInputs; ++i)
        weight[r * kInputs + Kernels::weight_place(i)] = start[i];
    }
  }

  // input: [kInputs], 32-byte aligned.
  [[gnu::always_inline]] int mix(const int16_t* input, uint32_t r) {
    row = weight + size_t{r} * kInputs;
    logit = codec::clamp_logit(Kernels::dot(input, row, kInputs) >> kDotShift);
    return logit;
  }

  // rate: in units of about 1/2^15 (see docs/design.md).
  [[gnu::always_inline]] void update(const int16_t* input, uint32_t bit, int32_t rate) {
    const int32_t miss = static_cast<int32_t>((bit << codec::kProbBits) - codec::squash(logit));
    // |miss| < 2^24, rate < 2^12: the product is cut to 12 fractional bits first.
    int32_t error = ((miss >> 5) * rate + (1 << 12)) >> 13;
    error = error > 32767 ? 32767 : error < -32767 ? -32767 : error;
    Kernels::train(input, row, kInputs, static_cast<int16_t>(error));
  }
};

}  // namespace pith::ngram
