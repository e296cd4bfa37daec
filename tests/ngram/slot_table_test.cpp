// Slots are found again, and the one that knows least gives way.
#include "ngram/slot_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

namespace pith::ngram {
namespace {

template <class Line>
class SlotLine : public testing::Test {
 protected:
  using Check = std::remove_extent_t<decltype(Line::check)>;
  static constexpr uint32_t kMostCheck = std::numeric_limits<Check>::max();

  size_t find(uint32_t check) { return find_slot(&line_, static_cast<Check>(check)); }

  // Claims all slots, with checks first, first + 1, ... and the root state in `roots`.
  void fill(uint32_t first, const std::vector<uint8_t>& roots) {
    for (uint32_t i = 0; i < Line::kSlots; ++i) {
      uint8_t* state = line_.state[find(first + i)];
      for (size_t node = 0; node < kNibbleNodes; ++node)
        state[node] = static_cast<uint8_t>(10 * (i + 1) + node);
      state[0] = roots[i];
    }
  }

  Line line_{};
};

using Lines = testing::Types<ByteLine, NibbleLine>;
TYPED_TEST_SUITE(SlotLine, Lines);

TYPED_TEST(SlotLine, EveryCheckFindsAnEmptySlotInAFreshLine) {
  for (uint32_t check = 1; check <= TestFixture::kMostCheck; ++check) {
    this->line_ = {};
    const size_t slot = this->find(check);
    ASSERT_LT(slot, TypeParam::kSlots);
    ASSERT_EQ(this->line_.check[slot], check);
    for (const uint8_t state : this->line_.state[slot]) ASSERT_EQ(state, 0);
    this->line_.state[slot][0] = 1;
    ASSERT_EQ(this->find(check), slot);
    ASSERT_EQ(this->line_.state[slot][0], 1);
  }
}

// Nothing is stored under check 0, so an empty slot is no slot of anyone's.
TYPED_TEST(SlotLine, EmptySlotsAreTakenOneAfterTheOther) {
  this->fill(1, std::vector<uint8_t>(TypeParam::kSlots, 5));
  std::vector<uint32_t> checks(this->line_.check, this->line_.check + TypeParam::kSlots);
  std::sort(checks.begin(), checks.end());
  for (uint32_t i = 0; i < TypeParam::kSlots; ++i) EXPECT_EQ(checks[i], i + 1);
}

TYPED_TEST(SlotLine, FindsAllAgainUntouched) {
  this->fill(100, std::vector<uint8_t>(TypeParam::kSlots, 7));
  const TypeParam before = this->line_;
  for (uint32_t i = 0; i < TypeParam::kSlots; ++i) {
    const size_t slot = this->find(100 + i);
    EXPECT_EQ(this->line_.check[slot], 100 + i);
    EXPECT_EQ(this->line_.state[slot][1], 10 * (i + 1) + 1);
  }
  EXPECT_EQ(std::memcmp(&before, &this->line_, sizeof before), 0);
}

TYPED_TEST(SlotLine, TheOneThatKnowsLeastGivesWay) {
  for (uint32_t least = 0; least < TypeParam::kSlots; ++least) {
    this->line_ = {};
    std::vector<uint8_t> roots(TypeParam::kSlots, 200);
    roots[least] = 199;
    this->fill(1, roots);
    const TypeParam before = this->line_;
    const size_t victim = this->find(77);
    EXPECT_EQ(before.check[victim], 1 + least);
    EXPECT_EQ(this->line_.check[victim], 77);
    for (const uint8_t state : this->line_.state[victim]) EXPECT_EQ(state, 0);
    for (size_t i = 0; i < TypeParam::kSlots; ++i) {
      if (i == victim) continue;
      EXPECT_EQ(this->line_.check[i], before.check[i]);
      EXPECT_EQ(std::memcmp(this->line_.state[i], before.state[i], kNibbleNodes), 0);
    }
  }
}

TYPED_TEST(SlotLine, WhatNeverLearnedGivesWayFirst) {
  std::vector<uint8_t> roots(TypeParam::kSlots, 3);
  roots.back() = 0;
  this->fill(1, roots);
  const size_t victim = this->find(50);
  EXPECT_EQ(this->find(51), victim);
  for (uint32_t i = 1; i < TypeParam::kSlots; ++i) EXPECT_NE(this->find(i), victim);
}

TYPED_TEST(SlotLine, TableSpreadsHashesEvenlyOverAllLines) {
  for (const uint32_t lines : {1u, 2u, 3u, 64u, 1000u, 4097u}) {
    std::vector<TypeParam> memory(lines);
    const SlotTable<TypeParam> table{memory.data(), lines};
    EXPECT_EQ(table.at(0), memory.data());
    EXPECT_EQ(table.at(0xFFFFFFFF), memory.data() + lines - 1);
    std::vector<uint32_t> hits(lines);
    const auto step = static_cast<uint32_t>((uint64_t{1} << 32) / lines / 16);
    for (uint64_t hash = 0; hash < uint64_t{step} * 16 * lines; hash += step)
      ++hits[static_cast<size_t>(table.at(static_cast<uint32_t>(hash)) - memory.data())];
    for (const uint32_t n : hits) EXPECT_NEAR(n, 16, 1);
  }
}

}  // namespace
}  // namespace pith::ngram
