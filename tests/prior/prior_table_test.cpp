// Tables: what was packed is found, and any bytes are safe to read.
#include "ngram/prior/prior_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "corpora/generate.h"
#include "ngram/prior/counting.h"
#include "ngram/prior/packing.h"

namespace pith::ngram {
namespace {

constexpr float kSharesLeast = 0.01F;

class PackedTable : public testing::Test {
 protected:
  PackedTable() {
    bytes_ = corpus::generate("prose", 300'000, 3);
    documents_ = {{0, static_cast<uint32_t>(bytes_.size())}};
    CountingLimits limits;
    limits.chunk_bytes = 1024;
    counts_ = count_contexts({bytes_, documents_}, limits, [](uint64_t) { return false; });
  }

  std::vector<uint8_t> bytes_;
  std::vector<SampleRange> documents_;
  std::vector<ContextCounts> counts_;
};

// With room for everything, every context that has a gain is there, with its likeliest bytes.
TEST_F(PackedTable, HasWhatItWasMadeFrom) {
  const PackedPrior packed = pack_prior(counts_, 4 << 20);
  const PriorTable table = packed.table();
  size_t wanted = 0;
  size_t found = 0;
  size_t others = 0;  // a context that found no place may meet an entry with its check
  double off = 0;
  for (const ContextCounts& counts : counts_) {
    for (const ContextCount& c : counts.context) {
      if (c.gain <= 0) continue;
      ++wanted;
      PriorEntry entry;
      if (!table.find(c.hash, &entry)) continue;
      ++found;
      const auto successors = counts.successors_of(c);
      ASSERT_LE(entry.count, PriorEntry::kMost);
      others += entry.byte[0] != successors[0].byte ? 1 : 0;
      const double share = static_cast<double>(entry.weight[0]) / entry.seen;
      off += std::abs(share - static_cast<double>(successors[0].share));
      for (size_t k = 1; k < entry.count; ++k) EXPECT_LE(entry.weight[k], entry.weight[k - 1] + 1);
    }
  }
  EXPECT_GT(wanted, 5'000u);
  EXPECT_GT(found, wanted * 93 / 100);
  EXPECT_LT(others, wanted / 50);
  EXPECT_LT(off / static_cast<double>(found), 0.06);
}

TEST_F(PackedTable, KnowsMoreThanEightSuccessorsOfAByte) {
  const PackedPrior packed = pack_prior(counts_, 4 << 20);
  const ContextCount* space = counts_[0].find(context_hash(' ', 0, 0, kPriorContexts[0].spec.id));
  ASSERT_NE(space, nullptr);
  PriorEntry entry;
  ASSERT_TRUE(packed.table().find(space->hash, &entry));
  size_t shares = 0;
  for (const Successor& s : counts_[0].successors_of(*space)) shares += s.share >= kSharesLeast;
  ASSERT_GT(shares, PriorTable::kSuccessorsMax);
  EXPECT_EQ(entry.count, shares);
}

TEST_F(PackedTable, SaysLittleOfContextsItNeverSaw) {
  const PackedPrior packed = pack_prior(counts_, 64 << 10);
  ASSERT_EQ(packed.lines.size(), 64u << 10);
  size_t hits = 0;
  std::mt19937 random(1);
  for (int i = 0; i < 10'000; ++i) {
    PriorEntry entry;
    hits += packed.table().find(static_cast<uint32_t>(random()), &entry) ? 1 : 0;
  }
  EXPECT_LT(hits, 150u) << "a check of 11 bits against about ten entries";
}

TEST_F(PackedTable, KeepsTheMostUsefulIfThereIsLittleRoom) {
  const PackedPrior small = pack_prior(counts_, 16 << 10);
  const PackedPrior large = pack_prior(counts_, 64 << 10);
  EXPECT_LT(small.entries, large.entries);
  EXPECT_EQ(small.lines.size(), 16u << 10);
  size_t full = 0;
  for (size_t i = 0; i < small.lines.size(); ++i) full += small.lines[i] != 0 ? 1 : 0;
  EXPECT_GT(full, small.lines.size() * 85 / 100);
}

TEST_F(PackedTable, IsTheSameEveryTime) {
  const PackedPrior a = pack_prior(counts_, 32 << 10);
  const PackedPrior b = pack_prior(counts_, 32 << 10);
  EXPECT_EQ(a.lines, b.lines);
}

TEST_F(PackedTable, NothingCountedGivesAnEmptyTable) {
  const PackedPrior packed = pack_prior(std::vector<ContextCounts>(kPriorContexts.size()), 1 << 20);
  EXPECT_EQ(packed.entries, 0u);
  PriorEntry entry;
  EXPECT_FALSE(packed.table().find(12345, &entry));
}

// Whatever the bytes: no more than kMost successors, none read from outside (the sanitizers watch).
TEST(PriorTable, AnyBytesAreSafeToRead) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const uint32_t lines = 1 + static_cast<uint32_t>(random()) % 3;
    std::vector<uint8_t> bytes(lines * PriorTable::kLineSize);
    for (uint8_t& b : bytes) b = static_cast<uint8_t>(random());
    std::vector<PriorTable::Code> codes(PriorTable::kCodes);
    for (auto& c : codes) {
      c = {static_cast<uint8_t>(random()), static_cast<uint8_t>(random()),
           static_cast<uint8_t>(random())};
    }
    const PriorTable table(codes.data(), bytes.data(), lines);
    for (int i = 0; i < 500; ++i) {
      PriorEntry entry;
      if (!table.find(static_cast<uint32_t>(random()), &entry)) continue;
      ASSERT_GE(entry.count, 1u);
      ASSERT_LE(entry.count, PriorEntry::kMost);
      std::vector<uint8_t> state(kNibbleNodes);
      entry.fill(codec::kTextByteCode, static_cast<uint32_t>(random()) & 0xFFFF, 4, state.data());
      EXPECT_LE(entry.run_count(), 20);
    }
  }
}

}  // namespace
}  // namespace pith::ngram
