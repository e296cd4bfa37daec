// The loops over rows of numbers between the products: plain, for the compiler to make vectors of
// under the flags of an instruction set. docs/network.md has the same in formulas.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/engine/engine_weights.h"
#include "model/engine/fixed_point.h"
#include "model/engine/reciprocal_root.h"

namespace pith::model {

inline constexpr int32_t kRowMax = 1 << 24;  // of the stream, and before other norms
inline constexpr int kActivationBits = 4;    // of a normalised activation
inline constexpr int32_t kHalfWordMax = (1 << 15) - 1;
inline constexpr int32_t kValueMax = 1 << 18;  // after the convolution
inline constexpr int32_t kDecayMax = 12 << kValueBits;
inline constexpr int32_t kLogitMax16 = 1 << 23;

// Padding aside, nothing but the set tells one instance from another.
template <class Set>
struct RowLoops {
  // What brings a row x of kRowMax at most, with `bits` fractional bits, to a mean square of 1 with
  // out_bits. Rows end with zeros that do not count: width elements do.
  [[gnu::always_inline]] static Multiplier norm_of(size_t n, size_t width, int bits, int out_bits,
                                                   const int32_t* __restrict x) {
    uint64_t sum = 0;
    for (size_t i = 0; i < n; ++i) sum += static_cast<uint64_t>(int64_t{x[i]} * x[i]);
    const ReciprocalRoot root = reciprocal_root(sum / width + (uint64_t{1} << (2 * bits - 10)));
    return {root.mantissa, root.shift - out_bits};
  }

  static void enter(size_t n, size_t width, const int8_t* __restrict row, Multiplier multiplier,
                    const int32_t* __restrict projected, int32_t* __restrict x) {
    for (size_t i = 0; i < width; ++i) {
      x[i] = scaled(int32_t{row[i]} * 2048, multiplier.mantissa, multiplier.shift);
    }
    for (size_t i = width; i < n; ++i) x[i] = 0;
    if (projected != nullptr) {
      for (size_t i = 0; i < n; ++i) x[i] += projected[i];
    }
    for (size_t i = 0; i < n; ++i) x[i] = clamped(x[i], kRowMax);
    const Multiplier norm = norm_of(n, width, kEmbeddingBits, kStreamBits, x);
    for (size_t i = 0; i < n; ++i) x[i] = scaled(x[i], norm.mantissa, norm.shift);
  }

  static void add(size_t n, const int32_t* __restrict branch, int32_t* __restrict x) {
    for (size_t i = 0; i < n; ++i) x[i] = clamped(x[i] + branch[i], kRowMax);
  }

  static void normalise(size_t n, size_t width, const int32_t* __restrict x,
                        int8_t* __restrict out) {
    const Multiplier norm = norm_of(n, width, kStreamBits, kActivationBits, x);
    for (size_t i = 0; i < n; ++i) {
      out[i] = static_cast<int8_t>(clamped(scaled(x[i], norm.mantissa, norm.shift), 127));
    }
  }

  static void square(size_t n, const int32_t* __restrict in, Multiplier multiplier,
                     int8_t* __restrict out) {
    for (size_t i = 0; i < n; ++i) {
      const int32_t z = at_most(at_least(in[i], 0), kHalfWordMax);
      out[i] = static_cast<int8_t>(activation_of(z * z, multiplier.mantissa, multiplier.shift));
    }
  }

  static void recur(size_t n, const RecurrenceWeights& weights, const int32_t* __restrict in,
                    int16_t* const* past, int32_t* __restrict hidden, int8_t* __restrict out) {
    int16_t* __restrict now = past[0];
    for (size_t i = 0; i < 2 * n; ++i) now[i] = static_cast<int16_t>(clamped(in[i], kHalfWordMax));
    const int16_t* __restrict back1 = past[1];
    const int16_t* __restrict back2 = past[2];
    const int16_t* __restrict back3 = past[3];
    const int16_t* __restrict taps = weights.taps.data();
    constexpr int kShift = kGateBits + kTapBits - kValueBits;
    // Of the convolution, channel i of 2 n. Taps within 2^14: the sum fits.
    const auto mixed = [=](size_t i) __attribute__((always_inline)) {
      return (taps[i] * int32_t{now[i]} + taps[2 * n + i] * int32_t{back1[i]} +
              taps[4 * n + i] * int32_t{back2[i]} + taps[6 * n + i] * int32_t{back3[i]} +
              (1 << (kShift - 1))) >>
             kShift;
    };
    const int32_t* __restrict bias = weights.bias.data();
    const int32_t* __restrict gain_mantissa = weights.gain_mantissa.data();
    const int32_t* __restrict gain_shift = weights.gain_shift.data();
    const int32_t* __restrict gates = in + 2 * n;
    for (size_t i = 0; i < n; ++i) {
      const int32_t value = clamped(mixed(i), kValueMax);
      const int32_t decay = clamped(mixed(n + i) + bias[i], kDecayMax);
      hidden[i] = moved(hidden[i], value * (1 << (kHiddenBits - kValueBits)), decay);
      const int32_t gate = gated(clamped(gates[i], kHalfWordMax));
      const int32_t product = (hidden[i] >> (kHiddenBits - kReadBits)) * gate;
      out[i] = static_cast<int8_t>(activation_of(product, gain_mantissa[i], gain_shift[i]));
    }
  }

  static void count(size_t n, const int32_t* __restrict bias, int32_t* __restrict logits,
                    uint32_t* __restrict counts) {
    int32_t most = -(1 << 30);
    for (size_t i = 0; i < n; ++i) {
      logits[i] = capped(clamped(logits[i], kLogitMax16) + bias[i]);
      most = at_least(most, logits[i]);
    }
    for (size_t i = 0; i < n; ++i) {
      const Multiplier power = power_of(at_most(most - logits[i], 30 * kUnit));
      const int32_t rounded = ((power.mantissa << 6 >> power.shift) + 1) >> 1;
      counts[i] = static_cast<uint32_t>(at_least(rounded, 1));
    }
  }

 private:
  // One step of the recurrence: h + (v - h) * sigmoid(-z); h and v kHiddenBits, within 2^24 (as h
  // lies between values that came before, that needs no saturation); z kValueBits, within
  // kDecayMax.
  [[gnu::always_inline]] static int32_t moved(int32_t h, int32_t v, int32_t z) {
    constexpr int32_t kLog2OfE = 23637;  // 2^-14
    const Multiplier power = power_of((size_of(z) * kLog2OfE) >> 11);
    const int32_t reciprocal = reciprocal_of_one_plus(unit_of(power));
    // For z > 0 the share is small, and keeps its leading bits.
    const int32_t share = z > 0 ? unit_product(power.mantissa, reciprocal) : reciprocal;
    const int32_t shift = z > 0 ? power.shift : 0;
    const int32_t d = v - h;
    const int32_t product = (d >> 10) * share + (((d & 1023) * share) >> 10);
    return h + ((product + (16 << shift)) >> (shift + 5));
  }

  // silu(g): g * sigmoid(g), g and result kGateBits, within 2^15.
  [[gnu::always_inline]] static int32_t gated(int32_t g) {
    constexpr int32_t kLog2OfE = 47274;  // 2^-15
    const int32_t e = unit_of(power_of((size_of(g) * kLog2OfE) >> kGateBits));
    const int32_t reciprocal = reciprocal_of_one_plus(e);
    return unit_product(g, g > 0 ? reciprocal : unit_product(e, reciprocal));
  }

  // 15 tanh(l / 15) log2(e), l kLogitBits within 2^24, result kUnitBits: the binary logarithm that
  // a softmax takes.
  [[gnu::always_inline]] static int32_t capped(int32_t l) {
    constexpr Multiplier kTwoLog2OfE = {25213, 18};  // by 15, and from kLogitBits to kUnitBits
    constexpr int32_t kCap = 22160;                  // 15 log2(e), 2^-10
    const int32_t t = scaled(size_of(l), kTwoLog2OfE.mantissa, kTwoLog2OfE.shift);
    const int32_t e = unit_of(power_of(at_most(t, 30 * kUnit)));
    const int32_t tanh = unit_product(kUnit - e, reciprocal_of_one_plus(e));
    const int32_t size = (tanh * kCap + 512) >> 10;
    return l < 0 ? -size : size;
  }
};

}  // namespace pith::model
