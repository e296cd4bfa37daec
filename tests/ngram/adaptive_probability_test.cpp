// Probabilities that learn stay probabilities, whatever they learn.
#include "ngram/adaptive_probability.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace pith::ngram {
namespace {

constexpr uint32_t kOne = 1u << 22;
constexpr uint32_t kMostSeen = 255;

uint32_t probability(AdaptiveProbability e) { return e >> 10; }
uint32_t seen(AdaptiveProbability e) { return e & kCountMask; }

// One step of both outcomes from (p, n): towards the outcome, not past the end, the count up by one
// or at its limit. False if not.
bool step_is_sound(uint32_t p, uint32_t n) {
  const AdaptiveProbability e = adaptive_probability(p, n);
  const AdaptiveProbability up = updated(e, 1);
  const AdaptiveProbability down = updated(e, 0);
  const uint32_t next = n < kMostSeen ? n + 1 : n;
  // Compared in 64 bits: a step that wraps round would look small.
  const bool counts = seen(up) == next && seen(down) == next;
  const bool ranges = probability(up) >= p && probability(up) < kOne && probability(down) <= p;
  const bool never_certain =
      (p == 0 || probability(down) > 0) && (p == kOne - 1 || probability(up) < kOne - 1);
  return counts && ranges && never_certain;
}

TEST(AdaptiveProbability, EveryStartValueSteps) {
  for (const uint32_t n : {0u, 1u, 2u, 40u, 254u, 255u}) {
    for (uint32_t p = 0; p < kOne; ++p) {
      if (!step_is_sound(p, n)) FAIL() << p << " " << n;
    }
  }
}

TEST(AdaptiveProbability, EveryCountSteps) {
  for (uint32_t n = 0; n <= kMostSeen; ++n) {
    for (uint32_t p = 0; p < kOne; p += p < 4096 || p > kOne - 4096 ? 1 : 997) {
      if (!step_is_sound(p, n)) FAIL() << p << " " << n;
    }
  }
}

TEST(AdaptiveProbability, SameBitsConvergeWithoutEverTurningBack) {
  for (const uint32_t start : {1u, 1000u, kOne / 2, kOne - 2}) {
    for (const uint32_t n : {0u, 20u, kMostSeen}) {
      for (const uint32_t bit : {0u, 1u}) {
        AdaptiveProbability e = adaptive_probability(start, n);
        for (int i = 0; i < 5000; ++i) {
          const AdaptiveProbability next = updated(e, bit);
          if (bit != 0) {
            ASSERT_GE(probability(next), probability(e));
          } else {
            ASSERT_LE(probability(next), probability(e));
          }
          e = next;
        }
        const uint32_t miss = bit != 0 ? kOne - probability(e) : probability(e);
        EXPECT_LT(miss, kOne >> 12) << start << " " << n;  // as fine as it is looked at
        EXPECT_EQ(seen(e), kMostSeen);
      }
    }
  }
}

TEST(AdaptiveProbability, ConvergesToTheShareOfOnes) {
  for (const uint32_t every : {2u, 3u, 5u, 10u, 50u}) {
    for (const uint32_t start : {1u, kOne / 2, kOne - 2}) {
      AdaptiveProbability e = adaptive_probability(start, 0);
      uint64_t sum = 0;
      const uint32_t rounds = 200;
      for (uint32_t i = 0; i < 40 * rounds * every; ++i) {
        e = updated(e, i % every == 0 ? 1 : 0);
        if (i >= 39 * rounds * every) sum += probability(e);
      }
      const double mean = static_cast<double>(sum) / (rounds * every) / kOne;
      EXPECT_NEAR(mean, 1.0 / every, 0.05 / every + 0.001) << start;
    }
  }
}

TEST(AdaptiveProbability, LearnsFastAtFirst) {
  AdaptiveProbability fresh = adaptive_probability(kOne / 2, 0);
  AdaptiveProbability settled = adaptive_probability(kOne / 2, kMostSeen);
  for (int i = 0; i < 4; ++i) {
    fresh = updated(fresh, 1);
    settled = updated(settled, 1);
  }
  EXPECT_GT(probability(fresh), kOne / 5 * 4);
  EXPECT_LT(probability(settled), kOne / 5 * 3);
}

TEST(AdaptiveProbability, TwelveBitsAreTheUpperOnes) {
  EXPECT_EQ(probability12(adaptive_probability(kOne - 1, kMostSeen)), 4095u);
  EXPECT_EQ(probability12(adaptive_probability(kOne / 2, kMostSeen)), 2048u);
  EXPECT_EQ(probability12(adaptive_probability(1023, kMostSeen)), 0u);
}

}  // namespace
}  // namespace pith::ngram
