// A probability that learns: the rate is 1/n at first and stops falling at a limit.
//
// Packed in 32 bits: the upper 22 hold the probability of a 1, the lower 10 the number of bits
// seen, as in lpaq's state maps (M. Mahoney, 2007). 32-bit products only, so that loops over
// entries vectorise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pith::ngram {

using AdaptiveProbability = uint32_t;

inline constexpr uint32_t kCountMask = 1023;

namespace internal {

inline constexpr std::size_t kRates = 256;

// [n] the rate after n bits, in 1/2^14: 1 / (n + 1.6).
constexpr std::array<uint32_t, kRates> make_rates() {
  std::array<uint32_t, kRates> rate{};
  for (uint32_t n = 0; n < kRates; ++n) rate[n] = 163840 / (10 * n + 16);
  return rate;
}

alignas(64) inline constexpr auto kRate = make_rates();

}  // namespace internal

// p1: probability of a 1 in 1/2^22, below 2^22. seen: bits that it is worth, at most 255.
[[gnu::always_inline]] constexpr AdaptiveProbability adaptive_probability(uint32_t p1,
                                                                          uint32_t seen) {
  return p1 << 10 | seen;
}

// In 1/2^12.
[[gnu::always_inline]] constexpr uint32_t probability12(AdaptiveProbability e) { return e >> 20; }

[[gnu::always_inline]] constexpr AdaptiveProbability updated(AdaptiveProbability e, uint32_t bit) {
  const uint32_t n = e & kCountMask;
  const uint32_t p = e >> 10;
  // Without branches: the bit is what cannot be foreseen. A flipped p is the greatest p less p;
  // rounding down never steps over the end.
  const uint32_t zero = bit - 1;  // all ones for a 0
  const uint32_t miss = p ^ (~zero & 0x3FFFFF);
  const uint32_t step = ((miss >> 6) * internal::kRate[n]) >> 8 << 10;
  return e + ((step ^ zero) - zero) + (n < internal::kRates - 1 ? 1 : 0);
}

}  // namespace pith::ngram
