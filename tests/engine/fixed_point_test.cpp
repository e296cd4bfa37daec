// The arithmetic between the products against what it approximates, over its whole ranges.
#include "model/engine/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model/engine/multiplier.h"
#include "model/engine/random_model.h"
#include "model/engine/reciprocal_root.h"
#include "model/engine/rotary.h"

namespace pith::model {
namespace {

TEST(ScaledTest, EqualsTheProductIn64Bits) {
  PlainRandom random(1);
  const auto check = [](int32_t x, int32_t mantissa, int32_t shift) {
    const int64_t expected = (int64_t{x} * mantissa + (int64_t{1} << (shift - 1))) >> shift;
    ASSERT_EQ(scaled(x, mantissa, shift), expected) << x << " " << mantissa << " " << shift;
  };
  for (int32_t shift = kMultiplierShiftMin; shift <= kMultiplierShiftMax; ++shift) {
    for (const int32_t x : {-kScaledMax, -kScaledMax + 1, -2048, -1, 0, 1, 2047, kScaledMax}) {
      for (const int32_t mantissa : {-32768, -16384, -1, 0, 1, 16384, 32767, 32768}) {
        check(x, mantissa, shift);
      }
    }
    for (int i = 0; i < 1000; ++i) {
      check(random.between(-kScaledMax, kScaledMax), random.between(-32768, 32768), shift);
    }
  }
}

TEST(PowerTest, WithinItsBound) {
  for (int32_t f = 0; f <= kUnit; ++f) {
    ASSERT_NEAR(power_of_fraction(f), kUnit * std::exp2(-f / double{kUnit}), 2.1) << f;
  }
  EXPECT_EQ(power_of_fraction(0), kUnit);
  EXPECT_EQ(power_of_fraction(kUnit), kUnit / 2);
}

TEST(PowerTest, SmallOnesKeepTheirBits) {
  for (int32_t t = 0; t < 20 * kUnit; t += 37) {
    const Multiplier power = power_of(t);
    const double value = std::ldexp(power.mantissa, -power.shift - kUnitBits);
    ASSERT_NEAR(value / std::exp2(-t / double{kUnit}), 1, 0x1p-13) << t;
    ASSERT_NEAR(unit_of(power), value * kUnit, 0.501) << t;
  }
}

TEST(ReciprocalTest, WithinItsBound) {
  for (int32_t e = 0; e <= kUnit; ++e) {
    const double expected = kUnit / (1 + e / double{kUnit});
    ASSERT_NEAR(reciprocal_of_one_plus(e), expected, 1.1) << e;
  }
}

TEST(ReciprocalRootTest, WithinItsBound) {
  PlainRandom random(2);
  for (int bits = 0; bits < 62; ++bits) {
    for (int i = 0; i < 200; ++i) {
      const uint64_t x =
          (uint64_t{1} << bits) + (uint64_t{random.below(1u << 31)} << 31 >> (62 - bits));
      const ReciprocalRoot root = reciprocal_root(x);
      ASSERT_GE(root.mantissa, 1 << 14);
      ASSERT_LE(root.mantissa, 1 << 15);
      const double value = std::ldexp(root.mantissa, -root.shift);
      ASSERT_NEAR(value * std::sqrt(static_cast<double>(x)), 1, 0x1p-13) << x;
    }
  }
}

TEST(IntegerRootTest, IsTheLargest) {
  for (const uint64_t x : {0u, 1u, 2u, 3u, 4u, 99u, 100u, 4294967295u}) {
    const uint64_t root = integer_root(x);
    EXPECT_LE(root * root, x);
    EXPECT_GT((root + 1) * (root + 1), x);
  }
  EXPECT_EQ(integer_root(~uint64_t{0}), 0xFFFFFFFFu);
}

TEST(MultiplierTest, NearestOrTheLargestThereIs) {
  for (int exponent = -70; exponent < 10; ++exponent) {
    for (const uint64_t value : {uint64_t{1}, uint64_t{3}, uint64_t{32767}, uint64_t{65535},
                                 uint64_t{1} << 40, ~uint64_t{0}}) {
      const Multiplier multiplier = multiplier_of(value, exponent);
      const double wanted = std::ldexp(static_cast<double>(value), exponent);
      const double got = std::ldexp(multiplier.mantissa, -multiplier.shift);
      ASSERT_GE(multiplier.shift, kMultiplierShiftMin);
      ASSERT_LE(multiplier.shift, kMultiplierShiftMax);
      if (wanted >= 8) {
        EXPECT_EQ(multiplier.mantissa, 32767);
        EXPECT_EQ(multiplier.shift, kMultiplierShiftMin);
      } else {
        EXPECT_NEAR(got, wanted, wanted * 0x1p-15 + 0x1p-41) << value << " " << exponent;
      }
    }
  }
  EXPECT_EQ(multiplier_by(INT32_MIN, 0, {1 << 14, 60}).mantissa, -32767);
}

TEST(FactorTest, NearestOrNone) {
  const Scale most = {32767, 0};
  const Scale least = {1 << 14, 60};
  EXPECT_EQ(factor_of(most, most, 1), 2 * 32767 * 32767);
  EXPECT_FALSE(factor_of(most, most, 2).has_value());
  EXPECT_FALSE(factor_of(most, most, 64).has_value());
  EXPECT_EQ(factor_of(least, least, 120 - 28), 1);
  EXPECT_EQ(factor_of(least, least, 120 - 29), 1) << "halves up";
  EXPECT_EQ(factor_of(least, least, 120 - 30), 0);
  EXPECT_EQ(factor_of(least, least, 0), 0);
}

TEST(RotaryTest, SinesAreTheNearest) {
  for (uint32_t i = 0; i < kTurnAngles + kTurnAngles / 4; ++i) {
    const double sine = std::sin(i * 2 * std::acos(-1.0) / kTurnAngles);
    ASSERT_EQ(kSine[i], std::lround(sine * (1 << kSineBits))) << i;
  }
}

TEST(RotaryTest, TurnsAreThoseOfTheTrainer) {
  for (const size_t width : {4, 10, 64, 128}) {
    const std::vector<uint32_t> turns = rotary_turns(width);
    ASSERT_EQ(turns.size(), width / 2);
    for (size_t i = 0; i < turns.size(); ++i) {
      const double radians =
          std::pow(10000.0, -2.0 * static_cast<double>(i) / static_cast<double>(width));
      const double expected = radians / (2 * std::acos(-1.0)) * 0x1p32;
      EXPECT_NEAR(turns[i] / expected, 1, 1e-4) << width << " " << i;
      EXPECT_NEAR(turns[i], expected, 40) << width << " " << i;
    }
  }
}

}  // namespace
}  // namespace pith::model
