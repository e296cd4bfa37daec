// The predictor's inner loops in plain C++: the specification that the others equal bit for bit.
//
// Inputs are int16, weights int32 with 29 fractional bits; sums are modulo 2^32, so that any order
// of addition gives the same. Weights are kept within +-kWeightMax; training needs inputs within
// +-8192, which logits are, so that one step cannot wrap.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/logistic.h"
#include "ngram/adaptive_probability.h"

namespace pith::ngram {

inline constexpr int32_t kWeightOne = 1 << 29;
inline constexpr int32_t kWeightMax = 0x7FFFFFFF - (1 << 28);  // one step cannot wrap from here
inline constexpr size_t kInputGroup = 16;  // numbers of inputs are multiples of this

inline constexpr size_t kLanes = 8;  // numbers of contexts are padded to multiples of this

// Rows of a context's run map: [whether the byte has begun][class of the run's length][bit it
// predicts]; the last one is for decisions on which no run has a say.
inline constexpr uint32_t kRunRows = 64;

// p - 1/2 as an input, beside the logit: finer where p is near 1/2, and bounded.
[[gnu::always_inline]] constexpr int16_t linear_input(AdaptiveProbability e) {
  return static_cast<int16_t>(((static_cast<int>(probability12(e)) - 2048) * 5) >> 3);
}

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

  // For n lanes (a multiple of 8): row[i] = base[i] + the row of the run map that fits the
  // decision. pattern: 0x100 | byte the run predicts, 0: no run; run_class: twice the class of the
  // run's length; above: bits of the byte to come.
  [[gnu::always_inline]] static void run_rows(const uint16_t* pattern, const uint16_t* run_class,
                                              const uint16_t* base, uint16_t* row, size_t n,
                                              uint32_t c0, uint32_t above) {
    const uint32_t started = above == 8 ? 0 : kRunRows / 2;
    for (size_t i = 0; i < n; ++i) {
      const uint32_t fits = run_class[i] + started + (pattern[i] >> (above - 1) & 1u);
      const bool agrees = static_cast<uint32_t>(pattern[i] >> above) == c0;
      row[i] = static_cast<uint16_t>(base[i] + (agrees ? fits : kRunRows - 1));
    }
  }

  // For n lanes (a multiple of 16): entry[i] = map[row[i]], logit[i] = its stretched probability.
  [[gnu::always_inline]] static void look_up(const AdaptiveProbability* map, const uint16_t* row,
                                             AdaptiveProbability* entry, int16_t* logit, size_t n) {
    for (size_t i = 0; i < n; ++i) {
      entry[i] = map[row[i]];
      logit[i] = static_cast<int16_t>(codec::stretch(probability12(entry[i])));
    }
  }

  // For n lanes (a multiple of 8): centred[i] = p - 1/2, scaled.
  [[gnu::always_inline]] static void centre(const AdaptiveProbability* entry, int16_t* centred,
                                            size_t n) {
    for (size_t i = 0; i < n; ++i) centred[i] = linear_input(entry[i]);
  }
};

}  // namespace pith::ngram
