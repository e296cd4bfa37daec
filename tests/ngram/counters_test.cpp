// Counters: a context's own, that know nothing at first and learn what came.
#include "ngram/counters.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <vector>

namespace pith::ngram {
namespace {

constexpr size_t kContexts = 2;
using Pair = Counters<kContexts>;

class CountersTest : public testing::Test {
 protected:
  CountersTest() : lines_(Pair::memory_bytes(kSize) / sizeof(CounterLine)) {
    counters_.init(reinterpret_cast<uint8_t*>(lines_.data()), kSize);
  }

  void enter(uint32_t first, uint32_t second) {
    counters_.enter([&](size_t i) { return i == 0 ? first : second; });
  }
  std::array<int16_t, Pair::kInputs> inputs() const {
    std::array<int16_t, Pair::kInputs> out;
    counters_.inputs(out.data());
    return out;
  }
  // The first decision after a pair of contexts came out as bit, so many times.
  void teach(uint32_t first, uint32_t second, uint32_t bit, int times) {
    for (int i = 0; i < times; ++i) {
      enter(first, second);
      counters_.update(bit);
    }
  }

  static constexpr uint32_t kSize = 1000;
  std::vector<CounterLine> lines_;
  Pair counters_;
};

TEST_F(CountersTest, SayNothingOfWhatTheyHaveNotSeen) {
  enter(1, 2);
  EXPECT_EQ(inputs(), (std::array<int16_t, Pair::kInputs>{}));
  counters_.update(1);
  EXPECT_EQ(inputs(), (std::array<int16_t, Pair::kInputs>{})) << "of the decision after it";
}

TEST_F(CountersTest, SayWhatCameAndTheMoreTheMoreSurely) {
  teach(1, 2, 1, 1);
  enter(1, 2);
  const auto once = inputs();
  for (const int16_t input : once) EXPECT_GT(input, 0);
  teach(1, 2, 1, 40);
  enter(1, 2);
  const auto often = inputs();
  for (size_t i = 0; i < often.size(); ++i) EXPECT_GT(often[i], once[i]);
  teach(3, 4, 0, 1);
  enter(3, 4);
  for (const int16_t input : inputs()) EXPECT_LT(input, 0);
}

TEST_F(CountersTest, OfOneContextAreNotThoseOfAnother) {
  teach(1, 2, 1, 5);
  enter(1, 7);
  const auto mixed = inputs();
  EXPECT_GT(mixed[0], 0);
  EXPECT_EQ(mixed[2], 0);
  enter(2, 1);  // each has a table of its own
  EXPECT_EQ(inputs(), (std::array<int16_t, Pair::kInputs>{}));
}

// Many more contexts than lines: those that are lost are new again, never another's.
TEST_F(CountersTest, AContextThatIsForgottenIsNew) {
  std::mt19937 random(1);
  std::vector<uint32_t> hashes(20000);
  for (uint32_t& hash : hashes) hash = static_cast<uint32_t>(random());
  for (const uint32_t hash : hashes) teach(hash, hash, hash & 1, 3);
  size_t kept = 0;
  for (const uint32_t hash : hashes) {
    enter(hash, hash);
    const int16_t logit = inputs()[0];
    kept += logit != 0 ? 1 : 0;
    if (logit != 0) {
      EXPECT_EQ(logit > 0, (hash & 1) != 0);
    }
  }
  EXPECT_GT(kept, 0u);
  EXPECT_LE(kept, size_t{1} << Pair::line_bits(kSize));
}

// Where it is always the same, and whatever came before: inputs stay within what mixers take.
TEST_F(CountersTest, AreBounded) {
  for (const uint32_t bit : {1u, 0u}) {
    teach(5, 6, bit, 100'000);
    enter(5, 6);
    for (const int16_t input : inputs()) {
      EXPECT_LE(input, kInputMax);
      EXPECT_GE(input, -kInputMax);
      EXPECT_EQ(input > 0, bit != 0);
    }
  }
}

TEST(CounterMemory, GrowsWithTheBlockWithinItsLimits) {
  EXPECT_EQ(Pair::line_bits(1), 8u);
  EXPECT_EQ(Pair::line_bits(512), 8u);
  EXPECT_EQ(Pair::line_bits(513), 9u);
  EXPECT_EQ(Pair::line_bits(UINT32_MAX), 18u);
  EXPECT_EQ(Counters<0>::memory_bytes(1 << 20), 0u);
}

}  // namespace
}  // namespace pith::ngram
