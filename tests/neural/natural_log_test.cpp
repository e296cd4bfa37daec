// Logarithms of counts against those of the standard library.
#include "codec/natural_log.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pith::codec {
namespace {

TEST(NaturalLog, IsWithinAUnit) {
  for (int shift = 0; shift < 64; ++shift) {
    for (uint64_t i = 0; i < 1000; ++i) {
      const uint64_t x = (uint64_t{1} << shift) + ((uint64_t{1} << shift) / 1000) * i;
      const double exact = std::log(static_cast<double>(x)) * (1 << kLogBits);
      ASSERT_NEAR(natural_log(x), exact, 1.0) << x;
    }
  }
}

TEST(NaturalLog, NeverFalls) {
  int32_t before = natural_log(1);
  EXPECT_EQ(before, 0);
  for (uint64_t x = 2; x < 200000; ++x) {
    const int32_t now = natural_log(x);
    ASSERT_GE(now, before) << x;
    before = now;
  }
  EXPECT_GT(natural_log(~uint64_t{0}), natural_log(uint64_t{1} << 63));
}

}  // namespace
}  // namespace pith::codec
