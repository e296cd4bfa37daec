// The predictor's inner loops in plain C++: the specification that the others equal bit for bit.
//
// Inputs are int16, weights int32 with 29 fractional bits; sums are modulo 2^32, so that any order
// of addition gives the same. Weights are kept within +-kWeightMax.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ngram/adaptive_probability.h"

namespace pith::ngram {

inline constexpr int32_t kWeightOne = 1 << 29;
inline constexpr int32_t kWeightMax = 0x7FFFFFFF - (1 << 28);  // one step cannot wrap from here
inline constexpr size_t kInputGroup = 16;  // numbers of inputs are multiples of this

struct ScalarKernels {
  static constexpr const char* kName = "scalar";

  // Place in memory of the weight of input i within its group; kernels keep their own order.
  static constexpr size_t weight_place(size_t i) { return i; }

  // Sum over i < n of x[i] * (w[i] >> 16).
  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int32_t* w, size_t n) {
    uint32_t sum = 0;
    for (size_t i = 0; i < n; ++i) sum += static_cast<uint32_t>(x[i] * (w[i] >> 16));
    return static_cast<int32_t>(sum);
  }

  // w[i] += x[i] * error, clamped.
  [[gnu::always_inline]] static void train(const int16_t* x, int32_t* w, size_t n, int16_t error) {
    for (size_t i = 0; i < n; ++i) {
      const int32_t v = w[i] + x[i] * error;
      w[i] = v > kWeightMax ? kWeightMax : v < -kWeightMax ? -kWeightMax : v;
    }
  }

  // e[i] = updated(e[i], bit); n is a multiple of 8.
  [[gnu::always_inline]] static void update(AdaptiveProbability* e, size_t n, uint32_t bit) {
    for (size_t i = 0; i < n; ++i) e[i] = updated(e[i], bit);
  }
};

}  // namespace pith::ngram
