// Adaptive maps begin as the curve they are given and end as what they were shown.
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

constexpr size_t kCurve = AdaptiveMap::kNibbleRows * AdaptiveMap::kColumns;

// The logit at which a column stands.
int column_logit(size_t column) {
  const int place = (static_cast<int>(column) - AdaptiveMap::kCentre) * kLogitOne;
  if (place > AdaptiveMap::kFine) return 2 * place - AdaptiveMap::kFine;
  return place < -AdaptiveMap::kFine ? 2 * place + AdaptiveMap::kFine : place;
}

std::vector<uint16_t> identity() {
  std::vector<uint16_t> curve(kCurve);
  for (size_t i = 0; i < kCurve; ++i) {
    const int logit = codec::clamp_logit(column_logit(i % AdaptiveMap::kColumns));
    curve[i] = static_cast<uint16_t>(codec::squash(logit) >> 8);
  }
  return curve;
}

class AdaptiveMaps : public testing::Test {
 protected:
  AdaptiveMaps() {
    map_.init(memory_, kRows, identity().data());
    fresh_.init(fresh_memory_, kRows, identity().data());
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

TEST_F(AdaptiveMaps, BeginAsTheCurveInEveryGroup) {
  std::mt19937_64 random(2);
  std::vector<uint16_t> curve(kCurve);
  for (uint16_t& p : curve) p = static_cast<uint16_t>(random());
  map_.init(memory_, kRows, curve.data());
  for (uint32_t row = 0; row < kRows; ++row) {
    for (size_t column = 0; column < AdaptiveMap::kColumns - 1; ++column) {
      if (row % AdaptiveMap::kNibbleRows == 0) continue;  // no decision's
      const size_t i = row % AdaptiveMap::kNibbleRows * AdaptiveMap::kColumns + column;
      EXPECT_EQ(refined(column_logit(column), row), uint32_t{curve[i]} << 8)
          << row << " " << column;
    }
  }
}

TEST_F(AdaptiveMaps, BeginNearTheIdentityIfTheCurveIs) {
  for (const uint32_t row : {1u, kRows - 1}) {
    for (int logit = -2 * kLogitOne; logit <= 2 * kLogitOne; ++logit) {
      const double p = codec::squash(logit);
      // Linear between columns at most a nat apart: off by an eighth of the smaller probability at
      // most, and by the rounding of the curve.
      EXPECT_NEAR(refined(logit, row), p, std::min(p, kProbOne - p) / 8 + 264) << logit;
    }
  }
}

TEST_F(AdaptiveMaps, BeginRisingIfTheCurveDoes) {
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
