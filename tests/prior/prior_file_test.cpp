// Prior files: read back as written, refused when anything is wrong with them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "container/priors/prior.h"
#include "ngram/start.h"

namespace pith::container {
namespace {

using ngram::ContentKind;
using ngram::kNgramLevels;

std::vector<uint16_t> words_of(size_t level, size_t kind) {
  std::vector<uint16_t> words(ngram::start_words(ngram::kLevels[level]));
  for (size_t i = 0; i < words.size(); ++i) {
    words[i] = static_cast<uint16_t>(i / 64 + 1000 * level + 7 * kind);
  }
  return words;
}

// A small table, with starting values for texts alone.
std::vector<uint8_t> small_prior() {
  ngram::PackedPrior packed;
  packed.codes.resize(ngram::PriorTable::kCodes);
  for (size_t i = 0; i < packed.codes.size(); ++i) {
    packed.codes[i] = {static_cast<uint8_t>(i), 200, 100};
  }
  packed.lines.resize(4 * ngram::PriorTable::kLineSize);
  for (size_t i = 0; i < packed.lines.size(); ++i) packed.lines[i] = static_cast<uint8_t>(i * 37);
  PriorStarts starts;
  for (size_t level = 0; level < kNgramLevels; ++level) starts[level][0] = words_of(level, 0);
  return serialise_prior(packed, starts);
}

TEST(PriorFile, ReadsBackWhatWasWritten) {
  const std::vector<uint8_t> file = small_prior();
  std::unique_ptr<Prior> prior;
  ASSERT_TRUE(Prior::read(file, &prior).ok());
  EXPECT_NE(prior->id(), 0u);
  EXPECT_TRUE(prior->serves(ContentKind::kText));
  EXPECT_FALSE(prior->serves(ContentKind::kStructured));
  EXPECT_FALSE(prior->serves(ContentKind::kBinary));
  std::unique_ptr<Prior> mapped;
  ASSERT_TRUE(Prior::map(file, &mapped).ok());
  EXPECT_EQ(mapped->id(), prior->id());
  for (size_t level = 0; level < kNgramLevels; ++level) {
    const std::vector<uint16_t> expected = words_of(level, 0);
    for (const Prior* p : {prior.get(), mapped.get()}) {
      const uint16_t* words = p->start(level, ContentKind::kText).state;
      EXPECT_TRUE(std::equal(expected.begin(), expected.end(), words)) << level;
    }
  }
}

TEST(PriorFile, EveryFlippedBitIsSeen) {
  std::vector<uint8_t> file = small_prior();
  for (size_t i = 0; i < file.size(); ++i) {
    const auto bit = static_cast<uint8_t>(1u << (i % 8));
    file[i] ^= bit;
    std::unique_ptr<Prior> prior;
    EXPECT_FALSE(Prior::read(file, &prior).ok()) << "byte " << i;
    file[i] ^= bit;
  }
}

TEST(PriorFile, EveryTruncationIsSeen) {
  const std::vector<uint8_t> file = small_prior();
  for (size_t size = 0; size < file.size(); ++size) {
    std::unique_ptr<Prior> prior;
    const Status status = Prior::read(std::span(file).first(size), &prior);
    EXPECT_EQ(status.code, PITH_ERR_TRUNCATED) << size;
  }
}

TEST(PriorFile, SaysWhatIsWrong) {
  const std::vector<uint8_t> file = small_prior();
  const auto status_of = [&file](auto change) {
    std::vector<uint8_t> other = file;
    change(other);
    std::unique_ptr<Prior> prior;
    return Prior::read(other, &prior).code;
  };
  EXPECT_EQ(status_of([](auto& f) { f[0] = 'x'; }), PITH_ERR_FORMAT);
  EXPECT_EQ(status_of([](auto& f) { f[8] = 99; }), PITH_ERR_VERSION);
  EXPECT_EQ(status_of([](auto& f) { f.push_back(0); }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](auto& f) { f[100] ^= 1; }), PITH_ERR_CHECKSUM);
  EXPECT_EQ(status_of([](auto& f) { std::fill(f.begin() + 12, f.begin() + 16, uint8_t{0}); }),
            PITH_ERR_CORRUPT);
}

// Starting values that do not decode to their size are refused although the hash is right.
TEST(PriorFile, StartingValuesOfAnotherShapeAreRefused) {
  ngram::PackedPrior packed;
  packed.codes.resize(ngram::PriorTable::kCodes);
  packed.lines.resize(ngram::PriorTable::kLineSize);
  PriorStarts starts;
  for (size_t level = 0; level < kNgramLevels; ++level) starts[level][0] = words_of(level, 0);
  starts[2][0].pop_back();
  std::unique_ptr<Prior> prior;
  EXPECT_EQ(Prior::read(serialise_prior(packed, starts), &prior).code, PITH_ERR_CORRUPT);
  starts[2][0].clear();
  EXPECT_EQ(Prior::read(serialise_prior(packed, starts), &prior).code, PITH_ERR_CORRUPT);
}

}  // namespace
}  // namespace pith::container
