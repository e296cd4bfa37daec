// The choice of tokens: they keep to the rule, shorten the text, and are the same every time.
#include "model/vocab/trainer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "corpora/generate.h"
#include "model/vocab/pair_counts.h"
#include "model/vocab/token_rule.h"
#include "model/vocab/tokenizer.h"
#include "tests/vocab/some_vocabulary.h"

namespace pith::model {
namespace {

using Bytes = std::vector<uint8_t>;

bool may_be(std::string_view token) {
  return may_be_token({reinterpret_cast<const uint8_t*>(token.data()), token.size()});
}

TEST(TokenRule, WordsWithASpaceBefore) {
  for (const char* token :
       {"the", " the", " ", "  \t ", "don't", "</ref>", " e\xc3\xa9", "\t\t", ");", " ("}) {
    EXPECT_TRUE(may_be(token)) << token;
  }
  for (const char* token : {"", "of the", "the ", "  the", "\tthe", " the "}) {
    EXPECT_FALSE(may_be(token)) << token;
  }
}

TEST(TokenRule, NothingButIndentationGoesOverALineEnd) {
  for (const char* token : {"\n", "\n\n", "end.\n", " end\n\n", ";\n", "\n    ", "\n\t\t", " \n"}) {
    EXPECT_TRUE(may_be(token)) << token;
  }
  for (const char* token : {"\nthe", "a\nb", ";\n  ", "\n the", "\r\n", "a\r", "  \n"}) {
    EXPECT_FALSE(may_be(token)) << token;
  }
}

TEST(TokenRule, ThreeDigitsAtMostAndNoZeroByte) {
  for (const char* token : {"123", " 123", "12:34", "1,000", "x86"})
    EXPECT_TRUE(may_be(token)) << token;
  for (const char* token : {"1234", "a1234b", " 0000"}) EXPECT_FALSE(may_be(token)) << token;
  EXPECT_FALSE(may_be(std::string_view("a\0", 2)));
  EXPECT_FALSE(may_be(std::string_view("\0\0", 2)));
}

TEST(PairCounts, CountsEveryPair) {
  PairCounts counts;
  for (uint32_t round = 0; round < 3; ++round) {
    for (uint32_t n = 0; n < 200000; n += round + 1) {
      counts.add(static_cast<uint16_t>(n * 7), static_cast<uint16_t>(n >> 3));
    }
  }
  EXPECT_EQ(counts.seen_at_least(1).size(), 200000u);
  // Those divisible by 2 and by 3 have been seen three times.
  const auto thrice = counts.seen_at_least(3);
  EXPECT_EQ(thrice.size(), 33334u);
  for (const PairCounts::Entry& entry : thrice) ASSERT_EQ(entry.count, 3u);
}

size_t segments(const Vocabulary& vocabulary, const Bytes& text) {
  std::vector<Vocabulary::Token> tokens(text.size());
  return Tokenizer(vocabulary).encode(text, tokens);
}

TEST(VocabularyTrainer, ChoosesAllowedTokensThatShortenTheText) {
  const Bytes text = corpus::generate("prose", 400000, 1);
  size_t last_segments = 0;
  std::vector<size_t> rounds;
  const Vocabulary vocabulary =
      train_vocabulary(text, 1000, [&](const VocabularyProgress& progress) {
        rounds.push_back(progress.round);
        last_segments = progress.segments;
        EXPECT_LE(progress.tokens, 1000u * 9 / 8);
      });
  EXPECT_EQ(vocabulary.size(), 1000u);
  for (size_t i = 0; i < rounds.size(); ++i) EXPECT_EQ(rounds[i], i + 1);
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Vocabulary::Token>(id));
    EXPECT_TRUE(bytes.size() == 1 || may_be_token(bytes)) << id;
  }
  EXPECT_EQ(segments(vocabulary, text), last_segments);
  // Other text of the same kind is shortened as well: 2.9 bytes a token when this was written.
  const Bytes other = corpus::generate("prose", 100000, 2);
  EXPECT_LT(segments(vocabulary, other), other.size() * 2 / 5);
}

TEST(VocabularyTrainer, IsTheSameEveryTime) {
  const Bytes text = corpus::generate("mixed", 200000, 1);
  EXPECT_EQ(train_vocabulary(text, 700, {}).hash(), train_vocabulary(text, 700, {}).hash());
}

TEST(VocabularyTrainer, MoreTokensNeverMakeItLonger) {
  const Bytes text = corpus::generate("wiki", 200000, 1);
  size_t before = text.size() + 1;
  for (const size_t size : {256u, 257u, 300u, 500u, 1500u}) {
    const size_t now = segments(train_vocabulary(text, size, {}), text);
    EXPECT_LT(now, before) << size;
    before = now;
  }
}

TEST(VocabularyTrainer, PoorTextsGiveFewerTokens) {
  EXPECT_EQ(train_vocabulary({}, 1000, {}).size(), 256u);
  EXPECT_EQ(train_vocabulary(Bytes{'a'}, 1000, {}).size(), 256u);
  EXPECT_EQ(train_vocabulary(Bytes(1000, 0), 1000, {}).size(), 256u);
  const size_t size = train_vocabulary(Bytes(1000, 'a'), 1000, {}).size();
  EXPECT_GT(size, 256u);
  EXPECT_LT(size, 256u + 32);
}

bool has_token(const Vocabulary& vocabulary, std::string_view token) {
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Vocabulary::Token>(id));
    if (std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()) == token) {
      return true;
    }
  }
  return false;
}

// A word that is frequent in one place only is no token; one that is as frequent all over is.
TEST(VocabularyTrainer, WordsOfOnePlaceAreNoTokens) {
  constexpr std::string_view kWord = " Zqxjk";
  constexpr int kTimes = 50;
  const Bytes text = corpus::generate("prose", 400000, 1);
  Bytes in_one_place = text;
  Bytes all_over = text;
  for (int i = 0; i < kTimes; ++i) {
    in_one_place.insert(in_one_place.begin() + 200000, kWord.begin(), kWord.end());
    all_over.insert(all_over.begin() + 8000 * i, kWord.begin(), kWord.end());
  }
  EXPECT_FALSE(has_token(train_vocabulary(in_one_place, 1000, {}), kWord));
  EXPECT_TRUE(has_token(train_vocabulary(all_over, 1000, {}), kWord));
}

TEST(VocabularyTrainer, TokensDoNotCrossDocuments) {
  Bytes text;
  for (int i = 0; i < 1000; ++i) {
    for (const char c : {'x', 'y', '\0'}) text.push_back(static_cast<uint8_t>(c));
  }
  const Vocabulary vocabulary = train_vocabulary(text, 300, {});
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Vocabulary::Token>(id));
    if (bytes.size() > 1) {
      EXPECT_EQ(std::string(bytes.begin(), bytes.end()), "xy");
    }
  }
}

}  // namespace
}  // namespace pith::model
