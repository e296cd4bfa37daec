// The length of records is found where there are records.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>

#include "ngram/history.h"

namespace pith::ngram {
namespace {

// Feeds `count` records of `length` bytes: noise, and here and there a byte that every record has
// in the same place and nowhere else.
void append_records(RecordFinder* finder, uint32_t length, uint32_t count, uint32_t* position) {
  std::mt19937_64 random(length);
  const uint32_t marks = std::clamp(length / 64, 1u, 50u);
  for (uint32_t i = 0; i < count; ++i) {
    for (uint32_t k = 0; k < length; ++k) {
      finder->append(static_cast<uint8_t>(k < marks ? 200 + k : random() % 200), ++*position);
    }
  }
}

TEST(RecordFinder, FindsTheLength) {
  for (const uint32_t length : {3u, 4u, 7u, 12u, 16u, 31u, 100u, 1000u, RecordFinder::kLongest}) {
    RecordFinder finder{};
    uint32_t position = 0;
    append_records(&finder, length, 200, &position);
    EXPECT_EQ(finder.length, length);
  }
}

TEST(RecordFinder, FindsANewLengthAfterwards) {
  RecordFinder finder{};
  uint32_t position = 0;
  append_records(&finder, 24, 200, &position);
  ASSERT_EQ(finder.length, 24u);
  append_records(&finder, 40, 400, &position);
  EXPECT_EQ(finder.length, 40u);
}

TEST(RecordFinder, FindsNothingInOneByteOverAndOver) {
  RecordFinder finder{};
  for (uint32_t position = 1; position < 20000; ++position) finder.append('a', position);
  EXPECT_EQ(finder.length, 0u);
}

TEST(RecordFinder, FindsNothingBeyondTheLongest) {
  RecordFinder finder{};
  uint32_t position = 0;
  for (uint32_t record = 0; record < 60; ++record) {
    finder.append(0xFE, ++position);
    for (uint32_t i = 0; i < RecordFinder::kLongest; ++i) {
      finder.append(static_cast<uint8_t>(record % 2), ++position);
    }
  }
  EXPECT_EQ(finder.length, 0u);
}

}  // namespace
}  // namespace pith::ngram
