// Every shared string of 48 bytes is found wherever it lies, and nothing else is.
#include "corpora/overlap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "corpora/generate.h"

namespace pith::corpus {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes noise(size_t size, uint64_t seed) {
  std::mt19937_64 random(seed);
  Bytes bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

// Copies a piece of one text over another.
void plant(const Bytes& from, size_t offset, size_t length, Bytes* to, size_t at) {
  std::copy_n(from.begin() + static_cast<ptrdiff_t>(offset), length,
              to->begin() + static_cast<ptrdiff_t>(at));
}

std::vector<Stretch> search(const std::vector<Bytes>& benchmarks, const std::vector<Bytes>& texts) {
  OverlapSearch search;
  for (const Bytes& benchmark : benchmarks) search.add_benchmark(benchmark);
  for (const Bytes& text : texts) search.search(text);
  return search.stretches();
}

TEST(Overlap, EveryPlaceOfFortyEightBytesIsFound) {
  const Bytes benchmark = noise(200, 1);
  for (size_t offset = 0; offset + 48 <= benchmark.size(); ++offset) {
    for (const size_t at : {size_t{0}, size_t{1}, size_t{100}, size_t{252}}) {
      Bytes text = noise(300, 2);
      plant(benchmark, offset, 48, &text, at);
      // Whatever is around them must differ, or they are longer.
      if (at > 0 && offset > 0) text[at - 1] = static_cast<uint8_t>(~benchmark[offset - 1]);
      if (at + 48 < 300 && offset + 48 < 200) {
        text[at + 48] = static_cast<uint8_t>(~benchmark[offset + 48]);
      }
      const std::vector<Stretch> found = search({benchmark}, {text});
      ASSERT_EQ(found.size(), 1u) << offset << " " << at;
      EXPECT_EQ(found[0].offset, offset);
      EXPECT_EQ(found[0].length, 48u);
      EXPECT_EQ(found[0].longest, 48u);
      EXPECT_EQ(found[0].longest_offset, offset);
      EXPECT_EQ(found[0].training_offset, at);
    }
  }
}

TEST(Overlap, FortySevenBytesAreNone) {
  const Bytes benchmark = noise(200, 3);
  for (size_t offset = 0; offset + 47 <= benchmark.size(); ++offset) {
    Bytes text = noise(300, 4);
    plant(benchmark, offset, 47, &text, 50);
    if (offset > 0) text[49] = static_cast<uint8_t>(~benchmark[offset - 1]);
    if (offset + 47 < 200) text[97] = static_cast<uint8_t>(~benchmark[offset + 47]);
    ASSERT_TRUE(search({benchmark}, {text}).empty()) << offset;
  }
}

TEST(Overlap, AWholeFileIsOneStretch) {
  const Bytes benchmark = generate("prose", 20000, 1);
  Bytes text = generate("wiki", 50000, 2);
  text.insert(text.begin() + 12345, benchmark.begin(), benchmark.end());
  const std::vector<Stretch> found = search({noise(1000, 5), benchmark}, {noise(5000, 6), text});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].benchmark, 1u);
  EXPECT_EQ(found[0].offset, 0u);
  EXPECT_EQ(found[0].longest, 20000u);
  EXPECT_EQ(found[0].training, 1u);
  EXPECT_EQ(found[0].training_offset, 12345u);
}

TEST(Overlap, NeighbouringStringsMakeAStretch) {
  const Bytes benchmark = noise(1000, 7);
  Bytes text = noise(2000, 8);
  plant(benchmark, 100, 100, &text, 50);
  plant(benchmark, 170, 200, &text, 1000);
  plant(benchmark, 600, 60, &text, 1500);
  const std::vector<Stretch> found = search({benchmark}, {text});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].offset, 100u);
  EXPECT_EQ(found[0].length, 270u);
  EXPECT_EQ(found[0].longest, 200u);
  EXPECT_EQ(found[0].longest_offset, 170u);
  EXPECT_EQ(found[0].training_offset, 1000u);
  EXPECT_EQ(found[1].offset, 600u);
}

// Whether a byte of the benchmark is in a string of 48 that the text has too, by trying all.
std::vector<bool> shared_slowly(const Bytes& benchmark, const Bytes& text) {
  std::vector<bool> shared(benchmark.size(), false);
  for (size_t i = 0; i + 48 <= benchmark.size(); ++i) {
    const auto window = benchmark.begin() + static_cast<ptrdiff_t>(i);
    if (std::search(text.begin(), text.end(), window, window + 48) == text.end()) continue;
    std::fill_n(shared.begin() + static_cast<ptrdiff_t>(i), 48, true);
  }
  return shared;
}

TEST(Overlap, EqualsTheSlowWay) {
  std::mt19937_64 random(9);
  for (int round = 0; round < 20; ++round) {
    const Bytes benchmark = noise(2500, random());
    Bytes text = noise(4000, random());
    for (int i = 0; i < 12; ++i) {
      const size_t length = 30 + random() % 60;
      plant(benchmark, random() % (benchmark.size() - length), length, &text,
            random() % (text.size() - length));
    }
    std::vector<bool> shared(benchmark.size(), false);
    for (const Stretch& stretch : search({benchmark}, {text})) {
      std::fill_n(shared.begin() + static_cast<ptrdiff_t>(stretch.offset), stretch.length, true);
    }
    ASSERT_EQ(shared, shared_slowly(benchmark, text)) << round;
  }
}

TEST(Overlap, RepetitionsAreFoundOnce) {
  const Bytes piece = noise(480, 10);
  Bytes benchmark;
  for (int i = 0; i < 20; ++i) benchmark.insert(benchmark.end(), piece.begin(), piece.end());
  Bytes text = noise(1000, 11);
  plant(piece, 100, 100, &text, 700);
  EXPECT_EQ(search({benchmark}, {text, text}).size(), 1u);
}

TEST(Overlap, RulersAndBlanksAreLeftOut) {
  const Bytes ruler(3000, '-');
  const Bytes blanks(3000, ' ');
  EXPECT_TRUE(search({ruler, blanks}, {ruler, blanks}).empty());
}

TEST(Overlap, NothingIsFoundInNothing) {
  EXPECT_TRUE(search({}, {noise(100, 12)}).empty());
  EXPECT_TRUE(search({{}, {1, 2, 3}, noise(23, 13)}, {{}, {1, 2, 3}, noise(23, 13)}).empty());
  EXPECT_TRUE(search({noise(100, 14)}, {}).empty());
}

}  // namespace
}  // namespace pith::corpus
