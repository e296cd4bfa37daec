// The table of bit histories: whatever bits come, a state says something true about them.
#include "ngram/bit_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

namespace pith::ngram {
namespace {

size_t states() { return static_cast<size_t>(kBitHistory.states); }
uint8_t next(size_t state, uint32_t bit) { return kBitHistory.next[bit][state]; }
int count(size_t state, uint32_t bit) {
  return bit != 0 ? kBitHistory.history[state].n1 : kBitHistory.history[state].n0;
}
int total(size_t state) { return count(state, 0) + count(state, 1); }

TEST(BitHistory, FitsAByte) {
  EXPECT_GT(states(), 1u);
  EXPECT_LE(states(), 256u);
}

TEST(BitHistory, StartsEmpty) { EXPECT_EQ(total(0), 0); }

TEST(BitHistory, EveryStateLeadsToOneThatSawTheBit) {
  for (size_t s = 0; s < states(); ++s) {
    for (const uint32_t bit : {0u, 1u}) {
      ASSERT_LT(next(s, bit), states()) << s;
      EXPECT_NE(next(s, bit), 0) << s;  // the empty history is never come back to
      EXPECT_GE(count(next(s, bit), bit), 1) << s;
      EXPECT_GE(count(next(s, bit), bit), count(s, bit)) << s;
      EXPECT_LE(count(next(s, bit), bit), count(s, bit) + 1) << s;
    }
  }
}

TEST(BitHistory, MostStatesAreInUse) {
  std::vector<bool> reached(states());
  std::vector<size_t> open = {0};
  reached[0] = true;
  while (!open.empty()) {
    const size_t s = open.back();
    open.pop_back();
    for (const uint32_t bit : {0u, 1u}) {
      if (reached[next(s, bit)]) continue;
      reached[next(s, bit)] = true;
      open.push_back(next(s, bit));
    }
  }
  const auto used = static_cast<size_t>(std::count(reached.begin(), reached.end(), true));
  EXPECT_GE(used, states() * 3 / 4);
}

TEST(BitHistory, ContradictionNeverRaisesTheOtherCount) {
  for (size_t s = 0; s < states(); ++s) {
    for (const uint32_t bit : {0u, 1u}) {
      EXPECT_LE(count(next(s, bit), 1 - bit), count(s, 1 - bit)) << s;
    }
  }
}

TEST(BitHistory, ContradictionCutsALongRun) {
  for (const uint32_t bit : {0u, 1u}) {
    size_t s = 0;
    for (int i = 0; i < 1000; ++i) s = next(s, bit);
    EXPECT_EQ(next(s, bit), s);  // the run has an end
    EXPECT_GE(count(s, bit), 16);
    EXPECT_EQ(count(s, 1 - bit), 0);
    EXPECT_LE(count(next(s, 1 - bit), bit), count(s, bit) / 2);
  }
}

TEST(BitHistory, ALargerStateKnowsMore) {
  for (size_t s = 1; s < states(); ++s) EXPECT_LE(total(s - 1), total(s)) << s;
}

TEST(BitHistory, NoTwoStatesAreTheSame) {
  std::map<std::vector<int>, size_t> seen;
  for (size_t s = 0; s < states(); ++s) {
    const BitHistory& h = kBitHistory.history[s];
    EXPECT_TRUE(seen.insert({{h.n0, h.n1, h.tail}, s}).second) << s;
  }
}

TEST(BitHistory, CountsNeverExceedWhatWasSeen) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    const uint64_t ones_in_16 = random() % 17;
    size_t s = 0;
    int seen[2] = {};
    for (int i = 0; i < 100; ++i) {
      const uint32_t bit = random() % 16 < ones_in_16 ? 1 : 0;
      s = next(s, bit);
      ++seen[bit];
      ASSERT_LE(count(s, 0), seen[0]);
      ASSERT_LE(count(s, 1), seen[1]);
    }
  }
}

// The state of a sequence and that of its complement are mirror images, for ever.
TEST(BitHistory, TreatsZerosAndOnesAlike) {
  std::map<size_t, size_t> mirror = {{0, 0}};
  std::vector<size_t> open = {0};
  while (!open.empty()) {
    const size_t s = open.back();
    open.pop_back();
    const size_t m = mirror.at(s);
    EXPECT_EQ(count(s, 0), count(m, 1));
    EXPECT_EQ(count(s, 1), count(m, 0));
    for (const uint32_t bit : {0u, 1u}) {
      const auto [at, fresh] = mirror.insert({next(s, bit), next(m, 1 - bit)});
      ASSERT_EQ(at->second, next(m, 1 - bit)) << s;
      if (fresh) open.push_back(next(s, bit));
    }
  }
}

// Which of two bits came last is known as long as little else is.
TEST(BitHistory, ShortSequencesAreTold) {
  std::map<size_t, int> sequence_of;
  for (int length = 0; length <= 3; ++length) {
    for (int bits = 0; bits < 1 << length; ++bits) {
      size_t s = 0;
      for (int i = length - 1; i >= 0; --i) s = next(s, static_cast<uint32_t>(bits >> i & 1));
      EXPECT_TRUE(sequence_of.insert({s, bits | 1 << length}).second) << length << " " << bits;
    }
  }
}

}  // namespace
}  // namespace pith::ngram
