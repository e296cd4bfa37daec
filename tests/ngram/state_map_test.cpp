// State maps: the logit beside a probability is always its own.
#include "ngram/state_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>

namespace pith::ngram {
namespace {

constexpr size_t kContexts = 3;
constexpr size_t kRows = kContexts * StateMaps<kContexts>::kStates;

class StateMapsTest : public testing::Test {
 protected:
  void expect_own_logit(size_t row) const {
    const int logit = codec::stretch(probability12(maps_->probability[row]));
    ASSERT_EQ(maps_->logit[row], logit * (1 << kInputBits)) << row;
  }

  std::unique_ptr<StateMaps<kContexts>> maps_ = std::make_unique<StateMaps<kContexts>>();
};

TEST_F(StateMapsTest, EveryProbabilityHasItsLogit) {
  for (uint32_t p12 = 0; p12 < 4096; ++p12) {
    const size_t row = p12 % kRows;
    maps_->set(row, adaptive_probability(p12 << 10 | 0x3FF, 30));
    ASSERT_NO_FATAL_FAILURE(expect_own_logit(row));
    ASSERT_LE(std::abs(maps_->logit[row]), kInputMax);
  }
}

TEST_F(StateMapsTest, LearnInOneRow) {
  for (size_t row = 0; row < kRows; ++row) maps_->set(row, adaptive_probability(1u << 21, 0));
  std::mt19937_64 random(1);
  for (int round = 0; round < 20000; ++round) {
    const size_t row = random() % kRows;
    const auto bit = static_cast<uint32_t>(random() % 2);
    const auto before = *maps_;
    maps_->update(row, bit);
    ASSERT_EQ(maps_->probability[row], updated(before.probability[row], bit));
    ASSERT_NO_FATAL_FAILURE(expect_own_logit(row));
    const size_t other = (row + 1 + random() % (kRows - 1)) % kRows;
    ASSERT_EQ(maps_->probability[other], before.probability[other]);
    ASSERT_EQ(maps_->logit[other], before.logit[other]);
  }
}

}  // namespace
}  // namespace pith::ngram
