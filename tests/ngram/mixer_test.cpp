// Mixers: bounded, learning the right way, each row for itself.
#include "ngram/mixer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

#include "ngram/kernels_scalar.h"

namespace pith::ngram {
namespace {

using codec::kLogitMax;

constexpr size_t kInputs = 32;
constexpr uint32_t kRows = 4;
constexpr int32_t kRate = 200;
constexpr int32_t kMostRate = (1 << 12) - 1;

class MixerTest : public testing::Test {
 protected:
  MixerTest() {
    const std::vector<int32_t> start(kInputs, kWeightOne / 32);
    mixer_.init(weight_, kRows, start.data());
  }

  void fill(int value) { std::fill(input_, input_ + kInputs, static_cast<int16_t>(value)); }

  alignas(64) int32_t weight_[kRows * kInputs]{};
  alignas(64) int16_t input_[kInputs]{};
  Mixer<ScalarKernels, kInputs> mixer_{};
};

TEST_F(MixerTest, AveragesToBeginWith) {
  fill(640);
  EXPECT_NEAR(mixer_.mix(input_, 0), 640, 2);
  fill(-640);
  EXPECT_NEAR(mixer_.mix(input_, kRows - 1), -640, 2);
}

TEST_F(MixerTest, OutputIsALogitWhateverComes) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20000; ++round) {
    for (int16_t& x : input_) {
      const int any = static_cast<int>(random() % (2 * kLogitMax + 1)) - kLogitMax;
      x = static_cast<int16_t>(round % 2 == 0 ? any : any < 0 ? -kLogitMax : kLogitMax);
    }
    const int logit = mixer_.mix(input_, static_cast<uint32_t>(random() % kRows));
    ASSERT_LE(std::abs(logit), kLogitMax);
    // The bit that is least expected, at the highest rate: the steps are as large as they get.
    mixer_.update(input_, logit < 0 ? 1 : 0, kMostRate);
    for (const int32_t w : weight_) ASSERT_LE(std::abs(w), kWeightMax);
  }
}

TEST_F(MixerTest, AnUpdateBringsTheOutputNearerToTheBit) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 5000; ++round) {
    for (int16_t& x : input_) x = static_cast<int16_t>(static_cast<int>(random() % 2001) - 1000);
    const auto row = static_cast<uint32_t>(random() % kRows);
    const auto bit = static_cast<uint32_t>(random() % 2);
    const int before = mixer_.mix(input_, row);
    mixer_.update(input_, bit, kRate);
    const int after = mixer_.mix(input_, row);
    if (bit != 0) {
      ASSERT_GE(after, before);
    } else {
      ASSERT_LE(after, before);
    }
  }
}

TEST_F(MixerTest, FindsTheInputThatKnows) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 20000; ++round) {
    const auto bit = static_cast<uint32_t>(random() % 2);
    for (int16_t& x : input_) x = random() % 2 == 0 ? 500 : -500;
    input_[7] = bit != 0 ? 500 : -500;
    (void)mixer_.mix(input_, 1);
    mixer_.update(input_, bit, 15);
  }
  const int32_t* row = weight_ + kInputs;
  for (size_t i = 0; i < kInputs; ++i) {
    if (i != 7) {
      EXPECT_LT(std::abs(row[i]), row[7] / 4) << i;
    }
  }
}

TEST_F(MixerTest, RowsLearnOnTheirOwn) {
  const std::vector<int32_t> before(weight_, weight_ + kRows * kInputs);
  fill(1000);
  for (int i = 0; i < 100; ++i) {
    (void)mixer_.mix(input_, 2);
    mixer_.update(input_, 0, kRate);
  }
  for (size_t i = 0; i < kRows * kInputs; ++i) {
    if (i / kInputs == 2) {
      EXPECT_LT(weight_[i], before[i]) << i;
    } else {
      EXPECT_EQ(weight_[i], before[i]) << i;
    }
  }
}

TEST_F(MixerTest, AnInputOfZeroTeachesNothing) {
  fill(700);
  input_[3] = 0;
  (void)mixer_.mix(input_, 0);
  mixer_.update(input_, 0, kRate);
  EXPECT_EQ(weight_[3], kWeightOne / 32);
  EXPECT_LT(weight_[4], kWeightOne / 32);
}

}  // namespace
}  // namespace pith::ngram
