// What an entry of a prior makes of a slot.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "ngram/bit_history.h"
#include "ngram/prior/prior_table.h"

namespace pith::ngram {
namespace {

using States = std::array<uint8_t, kNibbleNodes>;

PriorEntry entry_of(std::initializer_list<std::pair<uint8_t, uint32_t>> successors) {
  PriorEntry entry;
  entry.seen = 0;
  for (const auto& [byte, weight] : successors) {
    entry.byte[entry.count] = byte;
    entry.weight[entry.count++] = weight * 64;
    entry.seen += weight * 64;
  }
  return entry;
}

States filled(const PriorEntry& entry, const codec::ByteCode& code, uint32_t path, uint32_t depth) {
  States states;
  states.fill(0xEE);
  entry.fill(code, path, depth, states.data());
  return states;
}

class Codes : public testing::TestWithParam<const codec::ByteCode*> {};

// One successor: every decision on its way says so, and no other says anything.
TEST_P(Codes, OneSuccessorIsFollowedToItsEnd) {
  const codec::ByteCode& code = *GetParam();
  for (size_t byte = 0; byte < 256; ++byte) {
    const PriorEntry entry = entry_of({{static_cast<uint8_t>(byte), 16}});
    for (uint32_t depth = 0; depth < code.length[byte]; depth += 4) {
      const States states = filled(entry, code, code.code[byte], depth);
      uint32_t node = 0;
      States expected{};
      for (uint32_t d = depth; d < depth + 4 && d < code.length[byte]; ++d) {
        const uint32_t bit = code.code[byte] >> (15 - d) & 1u;
        expected[node] = 1;
        const BitHistory& h = kBitHistory.history[states[node]];
        EXPECT_GT(bit == 1 ? h.n1 : h.n0, 10);
        EXPECT_EQ(bit == 1 ? h.n0 : h.n1, 0);
        node = 2 * node + 1 + bit;
      }
      for (size_t n = 0; n < kNibbleNodes; ++n) EXPECT_EQ(states[n] != 0, expected[n] != 0);
    }
  }
}

TEST_P(Codes, OtherPathsAreNotTouched) {
  const codec::ByteCode& code = *GetParam();
  const PriorEntry entry = entry_of({{'e', 9}, {'t', 5}});
  for (uint32_t path = 0; path < 16; ++path) {
    bool leads = false;  // to a byte that has further decisions
    for (const uint8_t byte : {'e', 't'}) {
      leads |= code.length[byte] > 4 && path == static_cast<uint32_t>(code.code[byte] >> 12);
    }
    const States states = filled(entry, code, path << 12, 4);
    EXPECT_EQ(states[0] != 0, leads) << path;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Codes,
                         testing::Values(&codec::kTextByteCode, &codec::kFlatByteCode));

// The states of a decision order as the shares do.
TEST(PriorEntry, ShareDecidesTheState) {
  const auto difference = [](uint32_t zeros, uint32_t ones) {
    const States states =
        filled(entry_of({{0x00, zeros}, {0x80, ones}}), codec::kFlatByteCode, 0, 0);
    const BitHistory& h = kBitHistory.history[states[0]];
    return (h.n1 + 0.4) / (h.n0 + 0.4);
  };
  double before = 0;
  for (const auto& [zeros, ones] : {std::pair{200u, 1u},
                                    {50u, 4u},
                                    {20u, 10u},
                                    {10u, 10u},
                                    {10u, 20u},
                                    {4u, 50u},
                                    {1u, 200u}}) {
    const double now = difference(zeros, ones);
    EXPECT_GT(now, before) << zeros << " " << ones;
    before = now;
  }
}

TEST(PriorEntry, WhatWasSeenOftenIsWorthNoMoreThanTheCap) {
  for (const uint32_t n : {30u, 100u, 400u}) {
    const States states = filled(entry_of({{'a', n}}), codec::kTextByteCode, 0, 0);
    EXPECT_EQ(states, filled(entry_of({{'a', 24}}), codec::kTextByteCode, 0, 0));
  }
}

TEST(PriorEntry, RunsNeedALikelyByte) {
  EXPECT_EQ(entry_of({{'a', 1}, {'b', 1}, {'c', 1}}).run_count(), 0);
  EXPECT_EQ(entry_of({{'a', 400}}).run_count(), 20);
  EXPECT_EQ(entry_of({{'a', 6}}).run_count(), 6);
  const uint8_t half = entry_of({{'a', 50}, {'b', 40}}).run_count();
  const uint8_t most = entry_of({{'a', 90}, {'b', 10}}).run_count();
  EXPECT_GE(half, 1);
  EXPECT_GT(most, half);
}

}  // namespace
}  // namespace pith::ngram
