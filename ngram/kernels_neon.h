// The predictor's inner loops for NEON (AArch64). See kernels_scalar.h for what they compute.
#pragma once

#include <arm_neon.h>

#include "ngram/kernels_scalar.h"

namespace pith::ngram {

struct NeonKernels : ScalarKernels {
  static constexpr const char* kName = "neon";

  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int16_t* const* w) {
    int32x4_t sum = vdupq_n_s32(0);
    for (size_t i = 0; i < kInputs; i += 8) {
      int16x8_t weight = vld1q_s16(w[0] + i);
      for (size_t s = 1; s < kSets; ++s) weight = vqaddq_s16(weight, vld1q_s16(w[s] + i));
      const int16x8_t v = vld1q_s16(x + i);
      sum = vmlal_s16(sum, vget_low_s16(v), vget_low_s16(weight));
      sum = vmlal_high_s16(sum, v, weight);
    }
    return vaddvq_s32(sum);
  }

  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static void train(const int16_t* x, int16_t* const* w, int16_t error,
                                           uint16_t* dither) {
    int16x8_t noise[kInputGroup / 8];
    for (size_t i = 0; i < kInputGroup; i += 8) {
      const uint16x8_t moved = vmlaq_n_u16(vdupq_n_u16(kDitherStep), vld1q_u16(dither + i),
                                           static_cast<uint16_t>(kDitherFactor));
      vst1q_u16(dither + i, moved);
      noise[i / 8] = vreinterpretq_s16_u16(vshrq_n_u16(moved, 16 - kDitherBits));
    }
    for (size_t i = 0; i < kInputs; i += 8) {
      const int16x8_t product = vqrdmulhq_n_s16(vld1q_s16(x + i), error);
      const int16x8_t step =
          vshrq_n_s16(vaddq_s16(product, noise[i / 8 % (kInputGroup / 8)]), kDitherBits);
      for (size_t s = 0; s < kSets; ++s) {
        vst1q_s16(w[s] + i, vqaddq_s16(vld1q_s16(w[s] + i), step));
      }
    }
  }
};

}  // namespace pith::ngram
