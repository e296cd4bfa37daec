// Kernels for AArch64, of which processors with dot products have a faster sum.
#pragma once

#include <arm_neon.h>

#include "model/engine/kernel_set.h"
#include "model/engine/product_tiles.h"

namespace pith::model {

// Dot: kName, and sum(): of four products in each of four lanes, added to sums.
template <class Dot>
struct NeonSet {
  static constexpr const char* kName = Dot::kName;
  static constexpr bool kWaitsForWeights = false;
  static constexpr size_t kLanes = 4;
  static constexpr size_t kTileVectors = 4;
  static constexpr size_t kTileTokens = 4;
  static constexpr size_t kPairVectors = 8;
  static constexpr size_t kRowVectors = 8;

  using Sums = int32x4_t;
  using Weights = int8x16_t;
  using Activations = int8x16_t;
  struct Base {};

  [[gnu::always_inline]] static Base base(const int8_t* /*vector*/, size_t /*columns*/) {
    return {};
  }
  [[gnu::always_inline]] static Sums start(const int32_t* /*offsets*/, Base /*base*/) {
    return vdupq_n_s32(0);
  }
  [[gnu::always_inline]] static Sums none() { return vdupq_n_s32(0); }
  [[gnu::always_inline]] static Weights load(const int8_t* weights) { return vld1q_s8(weights); }
  [[gnu::always_inline]] static Activations broadcast(const int8_t* four) {
    int32_t bits = 0;
    __builtin_memcpy(&bits, four, sizeof bits);
    return vreinterpretq_s8_s32(vdupq_n_s32(bits));
  }
  [[gnu::always_inline]] static Activations broadcast_unsigned(const int8_t* four) {
    return broadcast(four);
  }
  [[gnu::always_inline]] static Sums add(Sums sums, Weights weights, Activations activations) {
    return Dot::sum(sums, weights, activations);
  }
  // With the sum moved to the left, its product with the factor is to be shifted by 32 bits.
  [[gnu::always_inline]] static void finish(Sums sums, const int32_t* factors, int shift,
                                            int32_t* out) {
    const int32x4_t moved = vshlq_s32(sums, vdupq_n_s32(32 - shift));
    const int32x4_t factor = vld1q_s32(factors);
    const int64x2_t low = vmull_s32(vget_low_s32(moved), vget_low_s32(factor));
    const int64x2_t high = vmull_high_s32(moved, factor);
    vst1q_s32(out, vrshrn_high_n_s64(vrshrn_n_s64(low, 32), high, 32));
  }

  static void product(const PackedMatrix& matrix, const int8_t* vectors, size_t stride,
                      size_t count, int32_t* out) {
    ProductTiles<NeonSet>::product(matrix, vectors, stride, count, out);
  }

  static void sparse_product(const PackedMatrix& matrix, const int8_t* vector, int32_t* out) {
    ProductTiles<NeonSet>::sparse_product(matrix, vector, out);
  }
};

}  // namespace pith::model
