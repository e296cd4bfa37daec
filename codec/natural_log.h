// Logarithms of counts, integers only: how likely a share of a total is, as a logit.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace pith::codec {

inline constexpr int kLogBits = 10;  // fractional bits of a natural logarithm

namespace internal {

inline constexpr uint32_t kLn2 = 45426;  // ln 2 in 1/2^16

// [257] ln(1 + i / 256) in 1/2^16, by repeated squaring: each square of a number in [1, 2) gives a
// further bit of its binary logarithm.
constexpr std::array<uint32_t, 257> make_ln() {
  std::array<uint32_t, 257> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint64_t x = uint64_t{256 + i} << 23;  // in 1/2^31
    uint64_t log2 = 0;                     // in 1/2^20
    for (int bit = 0; bit < 20; ++bit) {
      x = x * x >> 31;
      const uint64_t two = x >> 32;
      log2 = log2 << 1 | two;
      x >>= two;
    }
    table[i] = static_cast<uint32_t>((log2 * kLn2 + (1 << 19)) >> 20);
  }
  table[256] = kLn2;
  return table;
}

alignas(64) inline constexpr auto kLn = make_ln();

}  // namespace internal

// ln(x) in 1/2^kLogBits, within a unit of it; x is not 0.
[[nodiscard]] [[gnu::always_inline]] constexpr int32_t natural_log(uint64_t x) {
  assert(x != 0);
  const int whole = 63 - std::countl_zero(x);
  const auto fraction = static_cast<uint32_t>(x << (63 - whole) >> 47 & 0xFFFF);
  const uint32_t low = internal::kLn[fraction >> 8];
  const uint32_t high = internal::kLn[(fraction >> 8) + 1];
  const uint32_t part = low + (((high - low) * (fraction & 0xFF)) >> 8);
  const uint32_t sum = static_cast<uint32_t>(whole) * internal::kLn2 + part;
  return static_cast<int32_t>((sum + (1u << (15 - kLogBits))) >> (16 - kLogBits));
}

}  // namespace pith::codec
