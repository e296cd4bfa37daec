// The walk over a vocabulary: every way leads to one token, and the ranges say what may still come.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "model/byte_alphabet.h"
#include "model/vocab/vocabulary.h"
#include "model/walk.h"
#include "tests/vocab/some_vocabulary.h"

namespace pith::model {
namespace {

using Token = Vocabulary::Token;

bool begins_with(const Vocabulary& vocabulary, Token token, const std::string& prefix) {
  const auto bytes = vocabulary.bytes(token);
  return std::string(bytes.begin(), bytes.end()).starts_with(prefix);
}

// What the decisions taken so far say of a token, kept apart from the cursor's own way of knowing.
struct Known {
  std::string bytes;   // whole bytes
  uint32_t path = 0;   // the decisions of the next byte
  uint32_t count = 0;  // how many
  bool ends = false;   // after bytes
  bool asked = true;   // whether it ends here

  [[nodiscard]] bool fits(const Vocabulary& vocabulary, Token token) const {
    if (!begins_with(vocabulary, token, bytes)) return false;
    const auto all = vocabulary.bytes(token);
    if (all.size() == bytes.size()) return ends || !asked;
    const uint32_t code = codec::kTextByteCode.code[all[bytes.size()]];
    return !ends && code >> (codec::ByteCode::kLongest - count) == path;
  }
  void take(uint32_t outcome, bool at_end) {
    if (at_end) {
      ends = outcome == 0;
      asked = true;
      return;
    }
    path = path << 1 | outcome;
    ++count;
    for (uint32_t byte = 0; byte < 256; ++byte) {
      if (codec::kTextByteCode.length[byte] != count) continue;
      const uint32_t code = codec::kTextByteCode.code[byte];
      if (code >> (codec::ByteCode::kLongest - count) != path) continue;
      bytes += static_cast<char>(byte);
      path = count = 0;
      asked = false;
      return;
    }
  }
};

void expect_range(const Vocabulary& vocabulary, const Known& known, TokenRange range) {
  for (uint32_t id = 0; id < vocabulary.size(); ++id) {
    const bool inside = id >= range.low && id < range.high;
    ASSERT_EQ(known.fits(vocabulary, static_cast<Token>(id)), inside) << id;
  }
}

// Walks to every token and checks each step against all tokens.
void expect_all_walks(const Vocabulary& vocabulary) {
  std::set<std::string> ways;
  for (uint32_t id = 0; id < vocabulary.size(); ++id) {
    const auto token = static_cast<Token>(id);
    Vocabulary::Cursor cursor = vocabulary.cursor();
    Known known;
    std::string way;
    while (!cursor.done()) {
      ASSERT_NO_FATAL_FAILURE(expect_range(vocabulary, known, cursor.range()));
      ASSERT_EQ(cursor.byte_count(), known.bytes.size());
      ASSERT_EQ(cursor.at_end_decision(), !known.asked);
      Known outcomes[2] = {known, known};
      for (uint32_t outcome : {0u, 1u}) outcomes[outcome].take(outcome, cursor.at_end_decision());
      if (cursor.forced() < 0) {
        for (uint32_t outcome : {0u, 1u}) {
          ASSERT_GT(cursor.range(outcome).size(), 0u);
          ASSERT_NO_FATAL_FAILURE(
              expect_range(vocabulary, outcomes[outcome], cursor.range(outcome)));
        }
        ASSERT_EQ(cursor.range().low, cursor.range(0).low);
        ASSERT_EQ(cursor.range(0).high, cursor.range(1).low);
        ASSERT_EQ(cursor.range(1).high, cursor.range().high);
      } else {
        const auto impossible = static_cast<uint32_t>(1 - cursor.forced());
        ASSERT_NO_FATAL_FAILURE(expect_range(vocabulary, outcomes[impossible], {0, 0}));
      }
      const uint32_t outcome = cursor.towards(token);
      known.take(outcome, cursor.at_end_decision());
      if (cursor.forced() < 0) way += outcome != 0 ? '1' : '0';
      cursor.step(outcome);
    }
    ASSERT_EQ(cursor.token(), token);
    ASSERT_EQ(cursor.range(), (TokenRange{id, id + 1}));
    ASSERT_TRUE(known.fits(vocabulary, token));
    ASSERT_TRUE(ways.insert(way).second) << "two tokens at the end of " << way;
  }
}

TEST(VocabularyCursor, EveryWalkOfSmallVocabularies) {
  expect_all_walks(test::vocabulary_of(test::with_single_bytes({})));
  expect_all_walks(test::vocabulary_of(test::with_single_bytes(
      {"ab", "abc", "abcd", "abd", "b\x80", std::string(32, '\0'), "\xff\xff"})));
}

TEST(VocabularyCursor, EveryWalkOfRandomVocabularies) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    ASSERT_NO_FATAL_FAILURE(expect_all_walks(test::random_vocabulary(700, seed)));
  }
}

TEST(VocabularyCursor, SingleBytesAreTheByteAlphabet) {
  const Vocabulary vocabulary = test::vocabulary_of(test::with_single_bytes({}));
  for (uint32_t token = 0; token < 256; ++token) {
    const uint8_t byte = vocabulary.bytes(static_cast<Token>(token))[0];
    Vocabulary::Cursor cursor = vocabulary.cursor();
    ByteAlphabet::Cursor byte_cursor(codec::kTextByteCode);
    while (!byte_cursor.done()) {
      ASSERT_FALSE(cursor.done());
      ASSERT_EQ(cursor.forced(), -1);
      const uint32_t bit = byte_cursor.towards(byte);
      ASSERT_EQ(cursor.towards(static_cast<Token>(token)), bit);
      cursor.step(bit);
      byte_cursor.step(bit);
    }
    ASSERT_TRUE(cursor.done());
    ASSERT_EQ(cursor.token(), token);
  }
}

TEST(VocabularyCursor, TreeHasOneDecisionLessThanTokens) {
  const Vocabulary vocabulary = test::random_vocabulary(3000, 4);
  struct Node {
    TokenRange range;
    uint32_t mid;
  };
  std::vector<Node> open = {{{0, static_cast<uint32_t>(vocabulary.size())}, vocabulary.root()}};
  std::vector<int> seen(vocabulary.size(), 0);
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (node.mid == 0) {
      ASSERT_EQ(node.range.size(), 1u);
      continue;
    }
    ++seen[node.mid];
    ASSERT_LT(node.range.low, node.mid);
    ASSERT_LT(node.mid, node.range.high);
    const Vocabulary::Decision& decision = vocabulary.decision(node.mid);
    open.push_back({{node.range.low, node.mid}, decision.next[0]});
    open.push_back({{node.mid, node.range.high}, decision.next[1]});
  }
  for (size_t mid = 1; mid < seen.size(); ++mid) ASSERT_EQ(seen[mid], 1) << mid;
}

// Probabilities that depend on what came before.
class SomePredictor {
 public:
  [[nodiscard]] uint32_t predict() const { return 1 + state_ % (codec::kProbOne - 1); }
  void update(uint32_t bit) { state_ = (state_ * 2 + bit + 1) * 0x9E3779B1u ^ state_ >> 15; }

 private:
  uint32_t state_ = 1;
};

TEST(VocabularyCursor, TokensComeBackFromTheCoder) {
  const Vocabulary vocabulary = test::random_vocabulary(5000, 5);
  std::mt19937_64 random(6);
  std::vector<Token> tokens(20000);
  for (Token& token : tokens) token = static_cast<Token>(random() % vocabulary.size());
  std::vector<uint8_t> coded(tokens.size() * 64);
  codec::RangeEncoder encoder(coded);
  WalkEncoder walk_encoder{encoder};
  SomePredictor predictor;
  for (const Token token : tokens) {
    ASSERT_EQ(walk<Vocabulary>(predictor, walk_encoder, token, vocabulary.cursor()), token);
  }
  coded.resize(encoder.finish());
  ASSERT_FALSE(encoder.overflowed());
  codec::RangeDecoder decoder(coded);
  WalkDecoder walk_decoder{decoder};
  predictor = {};
  for (const Token token : tokens) {
    ASSERT_EQ(walk<Vocabulary>(predictor, walk_decoder, Token{0}, vocabulary.cursor()), token);
  }
}

}  // namespace
}  // namespace pith::model
