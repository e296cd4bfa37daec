// Mixers: bounded, learning the right way, in the rows that were picked and nowhere else.
#include "ngram/mixer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <random>
#include <set>
#include <vector>

#include "ngram/kernels_scalar.h"

namespace pith::ngram {
namespace {

using codec::kLogitMax;

constexpr size_t kInputs = 32;
constexpr size_t kSets = 2;
constexpr uint32_t kRows[kSets] = {4, 3};
constexpr uint32_t kAllRows = kRows[0] + kRows[1];
constexpr int kOneNat = codec::kLogitOne << kInputBits;  // as an input
constexpr int32_t kRate = 200;
constexpr int32_t kMostRate = (1 << 12) - 1;

class MixerTest : public testing::Test {
 protected:
  MixerTest() {
    // A mean of the inputs, half of it from each set.
    std::fill(std::begin(weight_), std::end(weight_),
              static_cast<int16_t>((1 << kWeightBits) / (kSets * kInputs)));
    mixer_.init(weight_, kRows);
  }

  void fill(int value) { std::fill(input_, input_ + kInputs, static_cast<int16_t>(value)); }

  int mix(uint32_t row0, uint32_t row1) {
    const uint32_t rows[kSets] = {row0, row1};
    return mixer_.mix(input_, rows);
  }

  alignas(64) int16_t weight_[kAllRows * kInputs]{};
  alignas(64) int16_t input_[kInputs]{};
  Mixer<ScalarKernels, kInputs, kSets> mixer_{};
};

TEST_F(MixerTest, GivesTheMeanWhereTheWeightsDo) {
  fill(4 * 640);
  EXPECT_EQ(mix(0, 0), 640);
  fill(-4 * 640);
  EXPECT_EQ(mix(kRows[0] - 1, kRows[1] - 1), -640);
}

TEST_F(MixerTest, AddsTheRowsOfAllSets) {
  std::fill(std::begin(weight_), std::end(weight_), int16_t{0});
  for (uint32_t row = 0; row < kAllRows; ++row) {
    weight_[row * kInputs + 5] = static_cast<int16_t>((1 << kWeightBits) / 16 * (1 << row % 3));
  }
  input_[5] = static_cast<int16_t>(kOneNat);
  for (uint32_t a = 0; a < kRows[0]; ++a) {
    for (uint32_t b = 0; b < kRows[1]; ++b) {
      const int sixteenths = (1 << a % 3) + (1 << (kRows[0] + b) % 3);
      EXPECT_EQ(mix(a, b), codec::kLogitOne * sixteenths / 16) << a << " " << b;
    }
  }
}

TEST_F(MixerTest, OutputIsALogitWhateverComes) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20000; ++round) {
    for (int16_t& x : input_) {
      const int any = static_cast<int>(random() % (2 * kInputMax + 1)) - kInputMax;
      x = static_cast<int16_t>(round % 2 == 0 ? any : any < 0 ? -kInputMax : kInputMax);
    }
    const int logit =
        mix(static_cast<uint32_t>(random() % kRows[0]), static_cast<uint32_t>(random() % kRows[1]));
    ASSERT_LE(std::abs(logit), kLogitMax);
    // The bit that is least expected, at the highest rate: the steps are as large as they get.
    mixer_.update(input_, logit < 0 ? 1 : 0, kMostRate);
  }
}

TEST_F(MixerTest, AnUpdateBringsTheOutputNearerToTheBit) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 5000; ++round) {
    for (int16_t& x : input_) x = static_cast<int16_t>(static_cast<int>(random() % 8001) - 4000);
    const auto a = static_cast<uint32_t>(random() % kRows[0]);
    const auto b = static_cast<uint32_t>(random() % kRows[1]);
    const auto bit = static_cast<uint32_t>(random() % 2);
    const int before = mix(a, b);
    mixer_.update(input_, bit, kRate);
    const int after = mix(a, b);
    if (bit != 0) {
      ASSERT_GE(after, before);
    } else {
      ASSERT_LE(after, before);
    }
  }
}

// A surprise at an input of one nat moves its weight by the rate in 1/2^17, in each set.
TEST_F(MixerTest, TheRateIsWhatASurpriseMoves) {
  std::fill(std::begin(weight_), std::end(weight_), int16_t{0});
  fill(kOneNat);
  (void)mix(0, 0);
  mixer_.logit = -kLogitMax;
  constexpr int32_t kUnit = 1 << (17 - kWeightBits);
  mixer_.update(input_, 1, 24 * kUnit);
  for (const uint32_t row : {0u, kRows[0]}) {
    for (size_t i = 0; i < kInputs; ++i) EXPECT_NEAR(weight_[row * kInputs + i], 24, 1);
  }
}

TEST_F(MixerTest, FindsTheInputThatKnows) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 20000; ++round) {
    const auto bit = static_cast<uint32_t>(random() % 2);
    for (int16_t& x : input_) x = random() % 2 == 0 ? 2000 : -2000;
    input_[7] = bit != 0 ? 2000 : -2000;
    (void)mix(1, 1);
    mixer_.update(input_, bit, 15);
  }
  for (const uint32_t row : {1u, kRows[0] + 1}) {
    const int16_t* weight = weight_ + row * kInputs;
    for (size_t i = 0; i < kInputs; ++i) {
      if (i != 7) {
        EXPECT_LT(std::abs(weight[i]), weight[7] / 4) << i;
      }
    }
  }
}

TEST_F(MixerTest, TheRowsInWorkLearnAndNoOthers) {
  const std::vector<int16_t> before(std::begin(weight_), std::end(weight_));
  fill(4000);
  for (int i = 0; i < 20; ++i) {
    (void)mix(2, 1);
    mixer_.update(input_, 0, kRate);
  }
  for (size_t i = 0; i < before.size(); ++i) {
    if (i / kInputs == 2 || i / kInputs == kRows[0] + 1) {
      EXPECT_LT(weight_[i], before[i]) << i;
    } else {
      EXPECT_EQ(weight_[i], before[i]) << i;
    }
  }
}

TEST_F(MixerTest, AnInputOfZeroTeachesNothing) {
  fill(2800);
  input_[3] = 0;
  const int16_t before = weight_[3];
  for (int i = 0; i < 100; ++i) {
    (void)mix(0, 0);
    mixer_.update(input_, 0, kRate);
  }
  EXPECT_EQ(weight_[3], before);
  EXPECT_LT(weight_[4], before);
}

// Else long certain runs would drive the weights up and up.
TEST_F(MixerTest, WhatIsAsCertainAsCanBeTeachesNothing) {
  const std::vector<int16_t> before(std::begin(weight_), std::end(weight_));
  for (const uint32_t bit : {0u, 1u}) {
    fill(bit != 0 ? kInputMax : -kInputMax);
    for (int i = 0; i < 1000; ++i) {
      ASSERT_EQ(mix(0, 0), bit != 0 ? kLogitMax : -kLogitMax);
      mixer_.update(input_, bit, kRate);
    }
  }
  EXPECT_EQ(std::vector<int16_t>(std::begin(weight_), std::end(weight_)), before);
}

// So that the inputs of a group do not round alike.
TEST_F(MixerTest, DitherBeginsDifferentlyInEveryLane) {
  EXPECT_EQ(std::set<uint16_t>(std::begin(mixer_.dither), std::end(mixer_.dither)).size(),
            kInputGroup);
}

}  // namespace
}  // namespace pith::ngram
