// The file form: stable bytes, and an error with its place for everything that is not one.
#include "model/vocab/vocabulary_file.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/vocab/some_vocabulary.h"

namespace pith::model {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr size_t kEntries = 13;  // offset of the first entry

Bytes some_file() {
  return write_vocabulary(test::vocabulary_of(test::with_single_bytes({"ab", "abc", "x y"})));
}

// Offset of the entry of "ab": those of the single bytes up to 'a' have three bytes each.
constexpr size_t kAb = kEntries + 3 * (test::kBeforeA + 1);

FileError error_of(const Bytes& file) {
  Vocabulary vocabulary;
  return read_vocabulary(file, &vocabulary);
}

void expect_error(const Bytes& file, const char* text, uint64_t offset) {
  const FileError error = error_of(file);
  EXPECT_STREQ(error.text, text);
  EXPECT_EQ(error.offset, offset) << text;
}

TEST(VocabularyFile, ComesBack) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const Vocabulary written = test::random_vocabulary(256 + 3000 * (seed - 1), seed);
    const Bytes file = write_vocabulary(written);
    Vocabulary read;
    const FileError error = read_vocabulary(file, &read);
    ASSERT_TRUE(error.ok()) << error.text;
    ASSERT_EQ(read.size(), written.size());
    for (size_t id = 0; id < read.size(); ++id) {
      const auto a = read.bytes(static_cast<Vocabulary::Token>(id));
      const auto b = written.bytes(static_cast<Vocabulary::Token>(id));
      ASSERT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
    }
    EXPECT_EQ(read.hash(), written.hash());
    EXPECT_EQ(write_vocabulary(read), file);
  }
}

// Part of the format: docs/vocabulary.md describes these bytes.
TEST(VocabularyFile, HasTheDocumentedBytes) {
  const Bytes file = some_file();
  EXPECT_EQ(Bytes(file.begin(), file.begin() + kEntries + 6),
            (Bytes{0x89, 'p', 'v', 'o', 'c', '\r', '\n', 0x1A, 1, 3, 1, 0, 0, 0, 1, 0, 0, 1, 1}));
  EXPECT_EQ(Bytes(file.begin() + kAb, file.begin() + kAb + 9),
            (Bytes{1, 1, 'b', 2, 1, 'c', 0, 1, 'e'}));
  EXPECT_EQ(file.size(), kEntries + 3 * 256 + 3 + 3 + 4 + 8);
}

TEST(VocabularyFile, EveryCutIsAnError) {
  const Bytes file = some_file();
  for (size_t size = 0; size < file.size(); ++size) {
    const FileError error =
        error_of(Bytes(file.begin(), file.begin() + static_cast<ptrdiff_t>(size)));
    ASSERT_FALSE(error.ok()) << size;
    ASSERT_EQ(error.offset, size < 8 ? 0 : size) << error.text;
  }
}

TEST(VocabularyFile, EveryChangedBitIsAnError) {
  const Bytes file = some_file();
  for (size_t bit = 0; bit < 8 * file.size(); ++bit) {
    Bytes changed = file;
    changed[bit / 8] = static_cast<uint8_t>(changed[bit / 8] ^ 1u << bit % 8);
    ASSERT_FALSE(error_of(changed).ok()) << bit;
  }
}

TEST(VocabularyFile, AnErrorLeavesTheOldVocabulary) {
  Vocabulary vocabulary = test::vocabulary_of(test::with_single_bytes({"ab"}));
  const uint64_t hash = vocabulary.hash();
  Bytes file = some_file();
  file.back() ^= 1;
  EXPECT_FALSE(read_vocabulary(file, &vocabulary).ok());
  EXPECT_EQ(vocabulary.hash(), hash);
}

TEST(VocabularyFile, ErrorsSayWhatAndWhere) {
  const Bytes file = some_file();
  const auto with = [&](size_t offset, uint8_t value) {
    Bytes changed = file;
    changed[offset] = value;
    return changed;
  };
  expect_error(with(1, 'P'), "not a vocabulary of pith", 0);
  expect_error({}, "not a vocabulary of pith", 0);
  expect_error(with(8, 2), "a vocabulary of a version this program does not know", 8);
  expect_error(with(10, 0), "fewer than 256 tokens", 9);
  expect_error(with(11, 1), "more than 32768 tokens", 9);
  expect_error(with(kAb, 2), "a token shares more than there is", kAb);
  expect_error(with(kAb + 1, 32), "a token of more than 32 bytes", kAb + 1);
  expect_error(with(kAb + 1, 0), "tokens are not sorted", kAb + 1);
  expect_error(with(kEntries + 1, 0), "an empty token", kEntries + 1);
  expect_error(with(kEntries + 5, 0), "a token shares more than it says", kEntries + 3);
  expect_error(with(kAb - 1, 0x20), "tokens are not sorted", kAb - 3);
  expect_error(with(kEntries + 2, 5), "a single byte is missing", kEntries);
  expect_error(with(file.size() - 1, static_cast<uint8_t>(file.back() ^ 0x80)),
               "wrong hash: damaged", file.size() - 8);
  Bytes longer = file;
  longer.push_back(0);
  expect_error(longer, "data after the end", file.size());
}

TEST(VocabularyFile, RandomDamageNeverPasses) {
  const Bytes file = write_vocabulary(test::random_vocabulary(600, 4));
  std::mt19937_64 random(5);
  for (int round = 0; round < 3000; ++round) {
    Bytes changed = file;
    for (uint64_t n = random() % 4 + 1; n > 0; --n) {
      changed[random() % changed.size()] = static_cast<uint8_t>(random());
    }
    if (changed == file) continue;
    ASSERT_FALSE(error_of(changed).ok()) << round;
  }
}

}  // namespace
}  // namespace pith::model
