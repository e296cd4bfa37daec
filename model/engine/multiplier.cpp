#include "model/engine/multiplier.h"

#include <algorithm>
#include <bit>

namespace pith::model {

Multiplier multiplier_of(uint64_t value, int exponent) {
  constexpr int kBits = 15;
  if (value == 0) return {};
  int bits = static_cast<int>(std::bit_width(value));
  uint64_t mantissa = value;
  if (bits <= kBits) {
    mantissa <<= kBits - bits;
  } else {
    mantissa = ((value >> (bits - kBits - 1)) + 1) >> 1;
    if (mantissa >> kBits != 0) {
      mantissa >>= 1;
      ++bits;
    }
  }
  const int shift = kBits - bits - exponent;
  if (shift < kMultiplierShiftMin) return {(1 << kBits) - 1, kMultiplierShiftMin};
  if (shift > kMultiplierShiftMax) {
    return {static_cast<int32_t>(mantissa >> std::min(shift - kMultiplierShiftMax, kBits)),
            kMultiplierShiftMax};
  }
  return {static_cast<int32_t>(mantissa), shift};
}

Multiplier multiplier_by(int32_t number, int exponent, Scale step) {
  constexpr int kQuotientBits = 31;
  const uint64_t size = number < 0 ? uint64_t{0} - static_cast<uint64_t>(int64_t{number})
                                   : static_cast<uint64_t>(number);
  Multiplier result =
      multiplier_of((size << kQuotientBits) / step.mantissa, exponent - kQuotientBits + step.shift);
  if (number < 0) result.mantissa = -result.mantissa;
  return result;
}

std::optional<int32_t> factor_of(Scale a, Scale b, int exponent) {
  const uint64_t product = uint64_t{a.mantissa} * b.mantissa;
  const int shift = exponent - a.shift - b.shift;
  if (shift >= 0) {
    if (shift > 31 || product << shift >> 31 != 0) return std::nullopt;
    return static_cast<int32_t>(product << shift);
  }
  if (shift < -31) return 0;
  const uint64_t result = ((product >> (-shift - 1)) + 1) >> 1;
  if (result >> 31 != 0) return std::nullopt;
  return static_cast<int32_t>(result);
}

int32_t rounded(int32_t number, int bits, int32_t limit) {
  const int64_t result = (int64_t{number} + (int64_t{1} << (bits - 1))) >> bits;
  return static_cast<int32_t>(std::clamp<int64_t>(result, -limit, limit));
}

}  // namespace pith::model
