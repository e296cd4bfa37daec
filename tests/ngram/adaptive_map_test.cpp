// Adaptive maps begin near the identity and end as what they were shown.
#include "ngram/adaptive_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <vector>

#include "codec/logistic.h"

namespace pith::ngram {
namespace {

using codec::kLogitMax;
using codec::kLogitOne;
using codec::kProbOne;

constexpr uint32_t kGroups = 3;
constexpr uint32_t kRows = kGroups * AdaptiveMap::kNibbleRows;

class AdaptiveMaps : public testing::Test {
 protected:
  AdaptiveMaps() {
    map_.init(memory_, kRows);
    fresh_.init(fresh_memory_, kRows);
  }

  // row: a multiple of kNibbleRows for the group, and the decision in its nibble.
  static uint32_t refine(AdaptiveMap* map, int logit, uint32_t row) {
    map->enter(row / AdaptiveMap::kNibbleRows);
    map->choose(row % AdaptiveMap::kNibbleRows);
    return map->refine(logit);
  }
  uint32_t refined(int logit, uint32_t row) { return refine(&map_, logit, row); }
  uint32_t at_start(int logit, uint32_t row) { return refine(&fresh_, logit, row); }

  alignas(64) AdaptiveProbability memory_[kRows * AdaptiveMap::kColumns]{};
  alignas(64) AdaptiveProbability fresh_memory_[kRows * AdaptiveMap::kColumns]{};
  AdaptiveMap map_{};
  AdaptiveMap fresh_{};
};

TEST_F(AdaptiveMaps, BeginNearTheIdentity) {
  for (const uint32_t row : {1u, kRows - 1}) {
    for (int logit = -2 * kLogitOne; logit <= 2 * kLogitOne; ++logit) {
      const double p = codec::squash(logit);
      // Linear between columns at most a nat apart: off by an eighth of the smaller probability at
      // most, and by the rounding of entries.
      EXPECT_NEAR(refined(logit, row), p, std::min(p, kProbOne - p) / 8 + 8) << logit;
    }
  }
}

TEST_F(AdaptiveMaps, BeginRising) {
  for (int logit = -kLogitMax; logit < kLogitMax; ++logit) {
    EXPECT_LE(refined(logit, 3), refined(logit + 1, 3)) << logit;
  }
  EXPECT_LT(refined(-kLogitMax, 3), kProbOne >> 12);
  EXPECT_GT(refined(kLogitMax, 3), kProbOne - (kProbOne >> 12));
}

TEST_F(AdaptiveMaps, StayBelowOneWhateverTheyLearn) {
  std::mt19937_64 random(1);
  for (const uint64_t ones_in_8 : {0u, 1u, 4u, 7u, 8u}) {
    for (int i = 0; i < 100000; ++i) {
      const int logit = static_cast<int>(random() % (2 * kLogitMax + 1)) - kLogitMax;
      ASSERT_LT(refined(logit, static_cast<uint32_t>(random() % kRows | 1)), kProbOne);
      map_.update(random() % 8 < ones_in_8 ? 1 : 0);
    }
  }
}

TEST_F(AdaptiveMaps, LearnWhereTheyWereAskedAndNowhereElse) {
  for (int i = 0; i < 2000; ++i) {
    (void)refined(300, 2);
    map_.update(1);
  }
  EXPECT_GT(refined(300, 2), kProbOne / 10 * 9);
  for (const uint32_t row : {1u, 3u, 2 + AdaptiveMap::kNibbleRows}) {
    EXPECT_EQ(refined(300, row), at_start(300, row)) << row;
  }
  for (const int logit : {-kLogitMax, -300, 300 + 3 * kLogitOne, kLogitMax}) {
    EXPECT_EQ(refined(logit, 2), at_start(logit, 2)) << logit;
  }
}

TEST_F(AdaptiveMaps, AnUpdateMovesOneEntry) {
  for (int logit = -kLogitMax; logit <= kLogitMax; logit += 37) {
    const std::vector<AdaptiveProbability> before(std::begin(memory_), std::end(memory_));
    (void)refined(logit, 5);
    map_.update(logit > 0 ? 0 : 1);
    size_t moved = 0;
    for (size_t i = 0; i < before.size(); ++i) moved += memory_[i] != before[i] ? 1 : 0;
    EXPECT_EQ(moved, 1u) << logit;
  }
}

}  // namespace
}  // namespace pith::ngram
