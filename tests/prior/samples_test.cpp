// How samples are divided.
#include "ngram/prior/samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pith::ngram {
namespace {

uint64_t bytes_of(const std::vector<SampleRange>& ranges) {
  uint64_t total = 0;
  for (const SampleRange& r : ranges) total += r.size();
  return total;
}

// All ranges together are the samples, each byte once.
void expect_partition(const SampleSplit& split, uint64_t total) {
  std::vector<SampleRange> all = split.counted;
  all.insert(all.end(), split.tuned.begin(), split.tuned.end());
  all.insert(all.end(), split.held.begin(), split.held.end());
  std::sort(all.begin(), all.end(),
            [](const SampleRange& a, const SampleRange& b) { return a.begin < b.begin; });
  uint32_t at = 0;
  for (const SampleRange& r : all) {
    ASSERT_EQ(r.begin, at);
    ASSERT_GT(r.end, r.begin);
    at = r.end;
  }
  ASSERT_EQ(at, total);
}

TEST(SplitSamples, TenthsOfManySmallDocuments) {
  const std::vector<uint64_t> sizes(1000, 700);
  const SampleSplit split = split_samples(sizes);
  expect_partition(split, 700'000);
  EXPECT_NEAR(static_cast<double>(bytes_of(split.held)), 70'000, 1'000);
  EXPECT_NEAR(static_cast<double>(bytes_of(split.tuned)), 70'000, 8'000);
  for (const SampleRange& r : split.held) EXPECT_EQ(r.size(), 700u) << "documents stay whole";
}

TEST(SplitSamples, OneLargeDocumentIsCut) {
  const std::vector<uint64_t> sizes = {1'000'000};
  const SampleSplit split = split_samples(sizes);
  expect_partition(split, 1'000'000);
  EXPECT_GT(bytes_of(split.held), 50'000u);
  EXPECT_GT(bytes_of(split.tuned), 50'000u);
  EXPECT_GT(bytes_of(split.counted), 700'000u);
}

TEST(SplitSamples, LittleIsKeptBackOfMuch) {
  std::vector<uint64_t> sizes(3000, 100'000);
  sizes[17] = 0;
  const SampleSplit split = split_samples(sizes);
  expect_partition(split, 2999u * 100'000u);
  EXPECT_LE(bytes_of(split.held), kHeldMost + 100'000);
  EXPECT_LE(bytes_of(split.tuned), kTunedMost + 100'000);
  EXPECT_GE(bytes_of(split.held), kHeldMost - 100'000);
}

TEST(SplitSamples, NothingGivesNothing) {
  const SampleSplit split = split_samples(std::vector<uint64_t>{0, 0});
  EXPECT_TRUE(split.counted.empty() && split.tuned.empty() && split.held.empty());
}

TEST(TuningPieces, HaveAllBytesOfTheRanges) {
  std::vector<uint8_t> bytes(1'000'000);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i / 4000);
  const std::vector<SampleRange> ranges = {{0, 100}, {5000, 400'000}, {900'000, 1'000'000}};
  const auto pieces = tuning_pieces(bytes, ranges);
  std::vector<uint64_t> expected(256);
  for (const SampleRange& r : ranges) {
    for (uint32_t i = r.begin; i < r.end; ++i) ++expected[bytes[i]];
  }
  std::vector<uint64_t> seen(256);
  size_t shorter = 0;
  for (const auto& piece : pieces) {
    shorter += piece.size() < kTuningPiece ? 1 : 0;
    EXPECT_LE(piece.size(), kTuningPiece);
    for (const uint8_t b : piece) ++seen[b];
  }
  EXPECT_LE(shorter, 1u);
  EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace pith::ngram
