// What a vocabulary accepts, and what it says of its tokens.
#include "model/vocab/vocabulary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/vocab/some_vocabulary.h"

namespace pith::model {
namespace {

using Tokens = std::vector<std::string>;

FileError error_of(const Tokens& tokens) {
  Vocabulary vocabulary;
  return Vocabulary::create(tokens, &vocabulary);
}

void expect_error(const Tokens& tokens, const char* text, uint64_t offset) {
  const FileError error = error_of(tokens);
  EXPECT_STREQ(error.text, text);
  EXPECT_EQ(error.offset, offset);
}

TEST(Vocabulary, KeepsItsTokensInOrder) {
  const Tokens tokens =
      test::with_single_bytes({"ab", "abc", " the", "\xff\xff", std::string(32, 'x')});
  const Vocabulary vocabulary = test::vocabulary_of(tokens);
  ASSERT_EQ(vocabulary.size(), 261u);
  size_t total = 0;
  for (size_t id = 0; id < tokens.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Vocabulary::Token>(id));
    EXPECT_EQ(std::string(bytes.begin(), bytes.end()), tokens[id]);
    total += bytes.size();
  }
  EXPECT_EQ(vocabulary.total_bytes(), total);
}

TEST(Vocabulary, TwoHundredAndFiftySixSingleBytesAreEnough) {
  EXPECT_TRUE(error_of(test::with_single_bytes({})).ok());
}

TEST(Vocabulary, TokensAreSortedAndDifferent) {
  Tokens tokens = test::with_single_bytes({"ab", "ac"});
  const size_t ab = test::kBeforeA + 1;
  ASSERT_EQ(tokens[ab], "ab");
  std::swap(tokens[ab], tokens[ab + 1]);
  expect_error(tokens, "tokens are not sorted", ab + 1);
  tokens[ab] = tokens[ab + 1];
  expect_error(tokens, "a token that is there twice", ab + 1);
}

TEST(Vocabulary, TokensHaveTheOrderOfTheByteCode) {
  const TokenOrder before;
  const Tokens sorted = {std::string(1, '\0'),
                         "\x7f",
                         "\t",
                         " ",
                         " the",
                         "!",
                         "0",
                         "A",
                         "Z",
                         "\x80",
                         "\xff",
                         "a",
                         "ab",
                         "e",
                         "y",
                         "b"};
  for (size_t i = 0; i < sorted.size(); ++i) {
    for (size_t j = 0; j < sorted.size(); ++j) EXPECT_EQ(before(sorted[i], sorted[j]), i < j);
  }
}

TEST(Vocabulary, TokensHaveOneToThirtyTwoBytes) {
  expect_error(test::with_single_bytes({std::string(33, 'a')}), "a token of more than 32 bytes",
               test::kBeforeA + 1);
  Tokens tokens = test::with_single_bytes({});
  tokens.insert(tokens.begin(), "");
  expect_error(tokens, "an empty token", 0);
}

TEST(Vocabulary, EverySingleByteMustBeThere) {
  for (size_t byte = 0; byte < 256; ++byte) {
    Tokens tokens = test::with_single_bytes({std::string(1, static_cast<char>(byte)) + "x", "~~"});
    std::erase(tokens, std::string(1, static_cast<char>(byte)));
    const FileError error = error_of(tokens);
    EXPECT_STREQ(error.text, "a single byte is missing") << byte;
  }
}

TEST(Vocabulary, SizeHasLimits) {
  Tokens tokens = test::with_single_bytes({});
  tokens.pop_back();
  expect_error(tokens, "fewer than 256 tokens", 255);
  std::vector<std::string> many;
  for (int a = 0; a < 128; ++a) {
    for (int b = 0; b < 256; ++b) {
      many.push_back({static_cast<char>(a), static_cast<char>(b)});
    }
  }
  many = test::with_single_bytes(many);
  expect_error(many, "more than 32768 tokens", 32768);
  std::erase_if(many, [](const std::string& token) { return token.size() == 2 && token[0] == 5; });
  ASSERT_EQ(many.size(), kVocabularyMax);
  EXPECT_TRUE(error_of(many).ok());
}

TEST(Vocabulary, AnErrorLeavesTheOldOne) {
  Vocabulary vocabulary = test::vocabulary_of(test::with_single_bytes({"ab"}));
  const uint64_t hash = vocabulary.hash();
  EXPECT_FALSE(Vocabulary::create(Tokens{"a"}, &vocabulary).ok());
  EXPECT_EQ(vocabulary.size(), 257u);
  EXPECT_EQ(vocabulary.hash(), hash);
}

TEST(Vocabulary, HashIsOfTheTokens) {
  // Fixed: model files name vocabularies by it.
  EXPECT_EQ(test::vocabulary_of(test::with_single_bytes({})).hash(), 0x13e3149512d408aau);
  const uint64_t ab = test::vocabulary_of(test::with_single_bytes({"ab"})).hash();
  const uint64_t ac = test::vocabulary_of(test::with_single_bytes({"ac"})).hash();
  EXPECT_NE(ab, ac);
}

}  // namespace
}  // namespace pith::model
