// Fixed-point arithmetic of the network: what stands between its products (docs/network.md).
//
// All of it is 32-bit additions, products and shifts, which every instruction set has for whole
// vectors: a compiler makes vectors of loops over these functions, and there are no tables to look
// into. The bounds beside each function are those that keep it within 32 bits.
#pragma once

#include <bit>
#include <cstdint>

namespace pith::model {

// mantissa * 2^-shift, as scaled() takes it.
struct Multiplier {
  int32_t mantissa = 0;  // in [-2^15, 2^15]
  int32_t shift = 12;    // in [kMultiplierShiftMin, kMultiplierShiftMax]
};
inline constexpr int32_t kMultiplierShiftMin = 12;
inline constexpr int32_t kMultiplierShiftMax = 41;
inline constexpr int32_t kScaledMax = 1 << 26;  // of the number that is scaled

inline constexpr int kUnitBits = 15;  // of fractions in [0, 1]
inline constexpr int32_t kUnit = 1 << kUnitBits;

[[nodiscard]] [[gnu::always_inline]] constexpr int32_t at_least(int32_t x, int32_t least) {
  return x < least ? least : x;
}
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t at_most(int32_t x, int32_t most) {
  return x > most ? most : x;
}
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t clamped(int32_t x, int32_t limit) {
  return at_most(at_least(x, -limit), limit);
}
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t size_of(int32_t x) { return x < 0 ? -x : x; }

// (x * mantissa + 2^(shift - 1)) >> shift, exactly, of |x| <= kScaledMax: the product in two parts,
// of which the lower loses only bits that are shifted out anyway.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t scaled(int32_t x, int32_t mantissa,
                                                              int32_t shift) {
  const int32_t high = (x >> 11) * mantissa;          // at most 2^30
  const int32_t low = ((x & 2047) * mantissa) >> 11;  // below 2^15
  return (high + low + (1 << (shift - 12))) >> (shift - 11);
}

// The same to the range of activations. x in 2^-4 of the unit that the multiplier is for: |x| <=
// 2^30.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t activation_of(int32_t x, int32_t mantissa,
                                                                     int32_t shift) {
  return clamped(scaled(x >> 4, mantissa, shift), 127);
}

// x * y in units of 2^-15: |x * y| < 2^31 - 2^14.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t unit_product(int32_t x, int32_t y) {
  return (x * y + kUnit / 2) >> kUnitBits;
}

// unit_product(x, y) + c, |c| <= 2^15, with one addition: a step of Horner's.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t product_plus(int32_t x, int32_t y,
                                                                    int32_t c) {
  return (x * y + (c * kUnit + kUnit / 2)) >> kUnitBits;
}

// 2^-f, f in [0, 1] in units of 2^-15; in (1/2, 1] in the same: within 2.1 units of the truth.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t power_of_fraction(int32_t f) {
  int32_t p = 224;
  p = product_plus(p, f, -1741);
  p = product_plus(p, f, 7843);
  p = product_plus(p, f, -22710);
  return product_plus(p, f, kUnit);
}

// 2^-t with as many leading bits for small results as for large ones: mantissa * 2^-shift.
// t >= 0 in units of 2^-15.
[[nodiscard]] [[gnu::always_inline]] constexpr Multiplier power_of(int32_t t) {
  return {power_of_fraction(t & (kUnit - 1)), t >> kUnitBits};
}

// 2^-t in units of 2^-15, rounded; t in [0, 30 * 2^15].
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t unit_of(Multiplier power) {
  return ((power.mantissa * 2 >> power.shift) + 1) >> 1;
}

// 1 / (1 + e), e in [0, 1] in units of 2^-15; within 1.1 units. A cubic with the least relative
// error (a Chebyshev polynomial: 1 in 577) and one Newton step.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t reciprocal_of_one_plus(int32_t e) {
  int32_t r = -7269;
  r = product_plus(r, e, 21807);
  r = product_plus(r, e, -30894);
  r = product_plus(r, e, 32711);
  const int32_t error = kUnit - r - unit_product(e, r);
  return r + unit_product(r, error);
}

}  // namespace pith::model
