// The mixer's kernels for NEON (AArch64). See kernels_scalar.h for what they compute.
#pragma once

#include <arm_neon.h>

#include "ngram/kernels_scalar.h"

namespace pith::ngram {

struct NeonKernels : ScalarKernels {
  static constexpr const char* kName = "neon";

  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int32_t* w, size_t n) {
    int32x4_t sum = vdupq_n_s32(0);
    for (size_t i = 0; i < n; i += 4) {
      sum = vmlal_s16(sum, vld1_s16(x + i), vshrn_n_s32(vld1q_s32(w + i), 16));
    }
    return vaddvq_s32(sum);
  }

  [[gnu::always_inline]] static void train(const int16_t* x, int32_t* w, size_t n, int16_t error) {
    const int16x4_t e = vdup_n_s16(error);
    for (size_t i = 0; i < n; i += 4) {
      int32x4_t v = vmlal_s16(vld1q_s32(w + i), vld1_s16(x + i), e);
      v = vminq_s32(v, vdupq_n_s32(kWeightMax));
      v = vmaxq_s32(v, vdupq_n_s32(-kWeightMax));
      vst1q_s32(w + i, v);
    }
  }
};

}  // namespace pith::ngram
