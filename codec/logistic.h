// Probability arithmetic in the logistic domain, integers only.
//
// A logit is ln(p / (1 - p)) in units of 1/256 nat, clamped to +-kLogitMax (p = 2^-20.2). squash()
// turns a logit into a 24-bit probability, stretch() a 12-bit probability into a logit. Both tables
// are made at compile time by integer recurrences, so that they are the same numbers in every
// build.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace pith::codec {

inline constexpr int kProbBits = 24;  // of every coded probability
inline constexpr uint32_t kProbOne = 1u << kProbBits;
inline constexpr int kLogitOne = 256;   // one nat
inline constexpr int kLogitMax = 3583;  // 13.996 nats

namespace internal {

inline constexpr int kSquashStepBits = 3;  // a table entry every 8 units, linear in between
inline constexpr size_t kSquashHalf = (kLogitMax + 1) >> kSquashStepBits;  // entries below zero

// 2^32 * e^(-1/32): the ratio of neighbouring table entries of e^-x.
inline constexpr uint64_t kExpStep = 4162825044u;

// [2 * kSquashHalf + 1] squash at logit (i - kSquashHalf) * 8, in 1/2^24.
constexpr std::array<uint32_t, 2 * kSquashHalf + 1> make_squash() {
  std::array<uint32_t, 2 * kSquashHalf + 1> table{};
  uint64_t e = uint64_t{1} << 32;  // e^-x in 1/2^32
  for (size_t i = 0; i <= kSquashHalf; ++i) {
    // p(-x) = e^-x / (1 + e^-x), rounded to nearest.
    const uint64_t denominator = (uint64_t{1} << 32) + e;
    const uint64_t p = ((e << kProbBits) + denominator / 2) / denominator;
    table[kSquashHalf - i] = static_cast<uint32_t>(p);
    table[kSquashHalf + i] = kProbOne - static_cast<uint32_t>(p);
    e = (e * kExpStep + (uint64_t{1} << 31)) >> 32;
  }
  return table;
}

alignas(64) inline constexpr auto kSquash = make_squash();

}  // namespace internal

// logit in [-kLogitMax, kLogitMax] -> probability in (0, kProbOne).
[[gnu::always_inline]] constexpr uint32_t squash(int logit) {
  const auto i = static_cast<uint32_t>(logit + kLogitMax + 1);
  const uint32_t lo = internal::kSquash[i >> internal::kSquashStepBits];
  const uint32_t hi = internal::kSquash[(i >> internal::kSquashStepBits) + 1];
  return lo + (((hi - lo) * (i & 7)) >> internal::kSquashStepBits);
}

[[gnu::always_inline]] constexpr int clamp_logit(int logit) {
  logit = logit < -kLogitMax ? -kLogitMax : logit;
  return logit > kLogitMax ? kLogitMax : logit;
}

namespace internal {

// [4096] logit of probability (i + 1/2) / 4096: the smallest whose squash reaches it. One more
// entry, so that two may be read at any place.
constexpr std::array<int16_t, 4097> make_stretch() {
  std::array<int16_t, 4097> table{};
  int logit = -kLogitMax;
  for (uint32_t i = 0; i < 2048; ++i) {
    const uint32_t p = (2 * i + 1) << (kProbBits - 13);
    while (squash(logit) < p) ++logit;
    table[i] = static_cast<int16_t>(logit);
    table[4095 - i] = static_cast<int16_t>(-logit);
  }
  return table;
}

alignas(64) inline constexpr auto kStretch = make_stretch();

}  // namespace internal

// probability in 1/4096, [0, 4096) -> logit.
[[gnu::always_inline]] constexpr int stretch(uint32_t p12) { return internal::kStretch[p12]; }

}  // namespace pith::codec
