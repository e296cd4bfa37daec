// Ensembles of mixers: each learns alone, in the rows that its facts pick.
#include "ngram/mixer_ensemble.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "ngram/kernels_scalar.h"
#include "ngram/match_model.h"

namespace pith::ngram {
namespace {

constexpr size_t kInputs = 16;
using OfView = MixerRows<RowBy::kView>;
using OfWords = MixerRows<RowBy::kWord, RowBy::kBytes2>;
using Both = MixerEnsemble<ScalarKernels, kInputs, OfView, OfWords>;

class MixerEnsembleTest : public testing::Test {
 protected:
  MixerEnsembleTest() : weights_(Both::kWords) { ensemble_.init(weights_.data()); }

  // Where weights are not 0.
  std::set<size_t> rows_in_use() const {
    std::set<size_t> rows;
    for (size_t i = 0; i < weights_.size(); ++i) {
      if (weights_[i] != 0) rows.insert(i / kInputs);
    }
    return rows;
  }

  std::vector<int16_t> weights_;
  Both ensemble_;
  alignas(64) int16_t input_[kInputs] = {};
};

TEST_F(MixerEnsembleTest, GivesTheMeanOfItsMixers) {
  input_[0] = 4096;
  weights_[0] = 1 << kWeightBits;  // the first mixer says 1024, the second nothing
  EXPECT_EQ(ensemble_.mix(input_, RowFacts{}), 512);
  input_[0] = -4100;
  EXPECT_EQ(ensemble_.mix(input_, RowFacts{}), -512) << "rounded towards zero";
}

TEST_F(MixerEnsembleTest, LearnsInTheRowsThatWerePickedAlone) {
  std::fill(std::begin(input_), std::end(input_), int16_t{4096});
  RowFacts facts{};
  facts.network = 5;
  facts.share = 2;
  facts.phase = 1;
  facts.word = 12345;
  facts.last_bytes = 0x01020304;
  ensemble_.mix(input_, facts);
  ensemble_.update(input_, 1, 1000);
  const size_t second = row_count(RowBy::kView);
  EXPECT_EQ(rows_in_use(),
            (std::set<size_t>{row_of<RowBy::kView>(facts), second + row_of<RowBy::kWord>(facts),
                              second + row_count(RowBy::kWord) + row_of<RowBy::kBytes2>(facts)}));
  EXPECT_GT(ensemble_.mix(input_, facts), 0);
}

// A mixer that is right already does not learn from what the other one got wrong.
TEST_F(MixerEnsembleTest, EachLearnsFromItsOwnError) {
  input_[0] = kInputMax;
  weights_[0] = 1 << kWeightBits;
  ensemble_.mix(input_, RowFacts{});
  ensemble_.update(input_, 1, 100);
  EXPECT_LE(weights_[0] - (1 << kWeightBits), 1);
  EXPECT_GT(weights_[row_count(RowBy::kView) * kInputs + row_of<RowBy::kWord>({}) * kInputs], 0);
}

template <RowBy... kBy>
bool all_exist(const RowFacts& facts) {
  return ((row_of<kBy>(facts) < row_count(kBy)) && ...);
}

TEST(MixerRow, IsOneOfThoseThereAre) {
  std::mt19937 random(1);
  const auto below = [&random](uint32_t n) {
    const auto x = static_cast<uint32_t>(random());
    return x % 4 == 0 ? n - 1 : x / 4 % n;  // often the last
  };
  for (int i = 0; i < 20000; ++i) {
    RowFacts facts;
    facts.node = below(256);
    facts.phase = below(3);
    facts.match = below(MatchModel::kMixerClasses);
    facts.certainty = below(3);
    facts.orders = below(6);
    facts.found = below(128);
    facts.share = below(4);
    facts.network = below(kViewClasses);
    facts.ngrams = below(kViewClasses);
    facts.last_bytes = static_cast<uint32_t>(random());
    facts.word = static_cast<uint32_t>(random());
    facts.word_before = static_cast<uint32_t>(random());
    facts.word_length = below(8);
    facts.above = static_cast<uint32_t>(random());
    using enum RowBy;
    const bool exist =
        all_exist<kView, kNodeShare, kNodeNgrams, kNodeCertainty, kMatch, kFound, kBytes2, kBytes3,
                  kWord, kWordBefore, kWords, kAbove, kNodeByte, kNodeSkip>(facts);
    ASSERT_TRUE(exist) << "round " << i;
  }
}

}  // namespace
}  // namespace pith::ngram
