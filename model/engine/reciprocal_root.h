// One divided by a square root, in integers.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace pith::model {

// The largest number whose square is at most x.
[[nodiscard]] constexpr uint64_t integer_root(uint64_t x) {
  uint64_t root = 0;
  for (uint64_t bit = uint64_t{1} << 31; bit != 0; bit >>= 1) {
    if ((root | bit) * (root | bit) <= x) root |= bit;
  }
  return root;
}

namespace internal {

// [96] 2^30 / sqrt(u) for the middle of the u with top bits 32 + i, of 7: a relative error below
// 2^-7.
constexpr std::array<uint16_t, 96> make_root_table() {
  std::array<uint16_t, 96> table{};
  for (uint64_t i = 0; i < table.size(); ++i) {
    table[i] = static_cast<uint16_t>(integer_root((uint64_t{1} << 36) / (2 * (i + 32) + 1)));
  }
  return table;
}
inline constexpr auto kRootTable = make_root_table();

}  // namespace internal

struct ReciprocalRoot {
  int32_t mantissa;  // in [2^14, 2^15]
  int32_t shift;
};

// 1 / sqrt(x) = mantissa * 2^-shift, within 2^-14 of it; x in [1, 2^62).
[[nodiscard]] [[gnu::always_inline]] constexpr ReciprocalRoot reciprocal_root(uint64_t x) {
  const int zeros = std::countl_zero(x) & ~1;
  const uint64_t u = x << zeros >> 32;  // in [2^30, 2^32): x is u * 2^(32 - zeros)
  uint64_t y = internal::kRootTable[(u >> 25) - 32];
  // Two Newton steps: u y^2 is 2^60 where y is right.
  for (int i = 0; i < 2; ++i) y = (y * ((uint64_t{3} << 30) - (u * y * y >> 30))) >> 31;
  return {static_cast<int32_t>(y), 46 - zeros / 2};
}

}  // namespace pith::model
