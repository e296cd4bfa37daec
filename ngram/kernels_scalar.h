// The predictor's inner loops in plain C++: the specification that the others equal bit for bit.
//
// Inputs are logits in 1/1024 nat, at most kInputMax in size; weights are 16 bits with kWeightBits
// fractional ones. Sums of products are modulo 2^32, so that any order of addition gives the same.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pith::ngram {

inline constexpr size_t kInputGroup = 16;  // numbers of inputs are multiples of this
inline constexpr size_t kLanes = 8;        // numbers of contexts are padded to multiples of this

inline constexpr int kInputBits = 2;     // inputs have so many more bits than logits
inline constexpr int kInputMax = 14336;  // 14 nats
inline constexpr int kWeightBits = 14;
inline constexpr int kDitherBits = 5;

struct ScalarKernels {
  static constexpr const char* kName = "scalar";

  [[gnu::always_inline]] static constexpr int16_t saturated(int32_t x) {
    return static_cast<int16_t>(x > 32767 ? 32767 : x < -32768 ? -32768 : x);
  }

  // out[i] = table[256 i + slot[i][node]] for the kCount contexts, then the further inputs, then
  // zeros up to kPadded lanes.
  template <size_t kCount, size_t kPadded>
  [[gnu::always_inline]] static void gather(const int16_t* table, const uint8_t* const* slot,
                                            uint32_t node, int16_t extra0, int16_t extra1,
                                            int16_t* out) {
    static_assert(kCount + 2 <= kPadded);
    for (size_t i = 0; i < kCount; ++i) out[i] = table[256 * i + slot[i][node]];
    out[kCount] = extra0;
    out[kCount + 1] = extra1;
    for (size_t i = kCount + 2; i < kPadded; ++i) out[i] = 0;
  }

  // out[i] = what the run of context i says of the decision: strength[i] for a 1, less that for a
  // 0, nothing if the byte it predicts has another path. pattern: its code, left-aligned; path:
  // that of the byte in work, depth decisions long.
  template <size_t kPadded>
  [[gnu::always_inline]] static void runs(const uint16_t* pattern, const int16_t* strength,
                                          uint32_t path, uint32_t depth, int16_t* out) {
    for (size_t i = 0; i < kPadded; ++i) {
      const bool agrees = (pattern[i] ^ path) >> (16 - depth) == 0;
      const bool one = (pattern[i] >> (15 - depth) & 1) != 0;
      out[i] = static_cast<int16_t>(!agrees ? 0 : one ? strength[i] : -strength[i]);
    }
  }

  // out[i] = in[i], at most limit in size.
  template <size_t kPadded>
  [[gnu::always_inline]] static void clip(const int16_t* in, int16_t limit, int16_t* out) {
    for (size_t i = 0; i < kPadded; ++i) {
      out[i] = in[i] > limit ? limit : in[i] < -limit ? static_cast<int16_t>(-limit) : in[i];
    }
  }

  // Sum over i of x[i] * (w[0][i] + w[1][i] + ...), the weights added with saturation in that
  // order.
  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int16_t* const* w) {
    uint32_t sum = 0;
    for (size_t i = 0; i < kInputs; ++i) {
      int16_t weight = w[0][i];
      for (size_t s = 1; s < kSets; ++s) weight = saturated(weight + w[s][i]);
      sum += static_cast<uint32_t>(x[i] * weight);
    }
    return static_cast<int32_t>(sum);
  }

  // Adds x[i] * error / 2^(15 + kDitherBits) to w[s][i] for all sets s, with saturation. What is
  // lost in the division is made up for on average: dither, [kInputGroup] pseudo-random numbers, is
  // added to the last bits and moves on. |error| <= 32767.
  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static void train(const int16_t* x, int16_t* const* w, int16_t error,
                                           uint16_t* dither) {
    int32_t noise[kInputGroup];
    for (size_t i = 0; i < kInputGroup; ++i) {
      dither[i] = static_cast<uint16_t>(dither[i] * kDitherFactor + kDitherStep);
      noise[i] = dither[i] >> (16 - kDitherBits);
    }
    for (size_t i = 0; i < kInputs; ++i) {
      const int32_t product = (x[i] * error + (1 << 14)) >> 15;
      const int32_t step = (product + noise[i % kInputGroup]) >> kDitherBits;
      for (size_t s = 0; s < kSets; ++s) w[s][i] = saturated(w[s][i] + step);
    }
  }

  static constexpr uint32_t kDitherFactor = 25173;  // of a linear congruential generator
  static constexpr uint32_t kDitherStep = 13849;
};

}  // namespace pith::ngram
