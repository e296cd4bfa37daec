// squash and stretch against the functions they stand for.
#include "codec/logistic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pith::codec {
namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

TEST(Squash, IsTheLogisticFunction) {
  for (int logit = -kLogitMax; logit <= kLogitMax; ++logit) {
    const double exact = logistic(static_cast<double>(logit) / kLogitOne) * kProbOne;
    // Linear between entries 1/32 nat apart: off by 1/8 * (1/32)^2 of the smaller probability at
    // most, and by the rounding of two entries and of the step between.
    const double slope = std::min(exact, kProbOne - exact);
    EXPECT_NEAR(squash(logit), exact, slope / 8192 + 2) << logit;
  }
}

TEST(Squash, NeverCertainAlwaysRising) {
  EXPECT_GT(squash(-kLogitMax), 0u);
  EXPECT_LT(squash(kLogitMax), kProbOne);
  for (int logit = -kLogitMax; logit < kLogitMax; ++logit) {
    EXPECT_LE(squash(logit), squash(logit + 1));
  }
  // No coarser than 2^-20, so that certain runs cost next to nothing.
  EXPECT_LE(squash(-kLogitMax), kProbOne >> 20);
}

TEST(Squash, IsSymmetric) {
  EXPECT_EQ(squash(0), kProbOne / 2);
  for (int logit = 0; logit <= kLogitMax; ++logit) {
    EXPECT_NEAR(squash(-logit), kProbOne - squash(logit), 1) << logit;
  }
}

TEST(Stretch, UndoesSquash) {
  for (uint32_t p = 0; p < 4096; ++p) {
    const double exact = std::log((p + 0.5) / (4095.5 - p)) * kLogitOne;
    EXPECT_NEAR(stretch(p), exact, 1.05) << p;
    EXPECT_EQ(stretch(p), -stretch(4095 - p));
    if (p > 0) {
      EXPECT_GE(stretch(p), stretch(p - 1));
    }
  }
}

TEST(ClampLogit, Clamps) {
  EXPECT_EQ(clamp_logit(0), 0);
  EXPECT_EQ(clamp_logit(kLogitMax), kLogitMax);
  EXPECT_EQ(clamp_logit(kLogitMax + 1), kLogitMax);
  EXPECT_EQ(clamp_logit(-kLogitMax - 1), -kLogitMax);
  EXPECT_EQ(clamp_logit(1 << 30), kLogitMax);
}

}  // namespace
}  // namespace pith::codec
