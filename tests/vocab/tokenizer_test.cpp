// Any bytes come back from tokens, and the tokens are the longest from the front.
#include "model/vocab/tokenizer.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "corpora/generate.h"
#include "tests/vocab/some_vocabulary.h"

namespace pith::model {
namespace {

using Bytes = std::vector<uint8_t>;
using Token = Vocabulary::Token;

std::vector<Token> encode(const Vocabulary& vocabulary, const Bytes& text) {
  const Tokenizer tokenizer(vocabulary);
  std::vector<Token> tokens(text.size());
  tokens.resize(tokenizer.encode(text, tokens));
  return tokens;
}

Bytes decode(const Vocabulary& vocabulary, const std::vector<Token>& tokens, size_t size) {
  Bytes text(size);
  EXPECT_EQ(decode_tokens(vocabulary, tokens, text), size);
  return text;
}

// By trying every length of every token.
std::vector<Token> encode_slowly(const Vocabulary& vocabulary, const Bytes& text) {
  std::vector<std::string> strings;
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Token>(id));
    strings.emplace_back(bytes.begin(), bytes.end());
  }
  std::vector<Token> tokens;
  for (size_t pos = 0; pos < text.size();) {
    for (size_t length = std::min(kTokenBytesMax, text.size() - pos);; --length) {
      const std::string piece(text.begin() + static_cast<ptrdiff_t>(pos),
                              text.begin() + static_cast<ptrdiff_t>(pos + length));
      const auto found = std::lower_bound(strings.begin(), strings.end(), piece, TokenOrder());
      if (found == strings.end() || *found != piece) continue;
      tokens.push_back(static_cast<Token>(found - strings.begin()));
      pos += length;
      break;
    }
  }
  return tokens;
}

TEST(Tokenizer, TakesTheLongestFromTheFront) {
  const Vocabulary vocabulary = test::vocabulary_of(
      test::with_single_bytes({"ab", "abcde", "bc", "cd", "de", std::string(32, 'x')}));
  const auto pieces = [&](const std::string& text) {
    std::string joined;
    for (const Token token : encode(vocabulary, Bytes(text.begin(), text.end()))) {
      const auto bytes = vocabulary.bytes(token);
      joined += std::string(bytes.begin(), bytes.end()) + "|";
    }
    return joined;
  };
  EXPECT_EQ(pieces(""), "");
  EXPECT_EQ(pieces("abcd"), "ab|cd|");
  EXPECT_EQ(pieces("abcde"), "abcde|");
  EXPECT_EQ(pieces("abc"), "ab|c|");
  EXPECT_EQ(pieces("bcdeab"), "bc|de|ab|");
  EXPECT_EQ(pieces(std::string(65, 'x')),
            std::string(32, 'x') + "|" + std::string(32, 'x') + "|x|");
  EXPECT_EQ(pieces("xx"), "x|x|");
}

TEST(Tokenizer, EqualsTheSlowWay) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const Vocabulary vocabulary = test::random_vocabulary(256 + 900 * seed, seed);
    const Bytes text = test::random_text(30000, seed + 100);
    ASSERT_EQ(encode(vocabulary, text), encode_slowly(vocabulary, text)) << seed;
  }
}

TEST(Tokenizer, FindsEveryToken) {
  const Vocabulary vocabulary = test::random_vocabulary(kVocabularyMax, 7);
  const Tokenizer tokenizer(vocabulary);
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Token>(id));
    const Tokenizer::Match match = tokenizer.longest(bytes.data(), bytes.data() + bytes.size());
    ASSERT_EQ(match.token, id);
    ASSERT_EQ(match.length, bytes.size());
  }
}

TEST(Tokenizer, AnyBytesComeBack) {
  const Vocabulary vocabulary = test::random_vocabulary(4000, 8);
  std::mt19937_64 random(9);
  std::vector<Bytes> texts = {{}, Bytes(100000, 0), Bytes(100001, 'a'), Bytes(99999, 0xFF)};
  Bytes every_pair;
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      every_pair.push_back(static_cast<uint8_t>(a));
      every_pair.push_back(static_cast<uint8_t>(b));
    }
  }
  texts.push_back(every_pair);
  for (size_t size = 1; size < 200; ++size) texts.push_back(test::random_text(size, size));
  Bytes noise(100000);
  for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
  texts.push_back(noise);
  for (const corpus::Kind& kind : corpus::kinds())
    texts.push_back(corpus::generate(kind, 20000, 1));
  for (const Bytes& text : texts) {
    const std::vector<Token> tokens = encode(vocabulary, text);
    ASSERT_EQ(decode(vocabulary, tokens, text.size()), text);
  }
}

TEST(Tokenizer, OtherSegmentationsDecodeToo) {
  const Vocabulary vocabulary = test::random_vocabulary(4000, 10);
  std::mt19937_64 random(11);
  std::vector<Token> tokens(5000);
  Bytes text;
  for (Token& token : tokens) {
    token = static_cast<Token>(random() % vocabulary.size());
    const auto bytes = vocabulary.bytes(token);
    text.insert(text.end(), bytes.begin(), bytes.end());
  }
  EXPECT_EQ(decode(vocabulary, tokens, text.size()), text);
}

TEST(Tokenizer, DecodingChecksIdsAndRoom) {
  const Vocabulary vocabulary = test::vocabulary_of(test::with_single_bytes({"abc"}));
  const std::vector<Token> tokens = encode(vocabulary, {'x', 'a', 'b', 'c'});
  ASSERT_EQ(tokens.size(), 2u);
  Bytes text(4, 0);
  EXPECT_EQ(decode_tokens(vocabulary, tokens, text), 4u);
  text.assign(6, 0);
  EXPECT_EQ(decode_tokens(vocabulary, tokens, text), 4u);
  text.assign(3, 0);
  EXPECT_EQ(decode_tokens(vocabulary, tokens, text), 4u);  // one more than there is room for
  EXPECT_EQ(text, (Bytes{'x', 0, 0}));
  text.assign(6, 0);
  EXPECT_EQ(decode_tokens(vocabulary, std::vector<Token>{257}, text), 7u);
  EXPECT_EQ(decode_tokens(vocabulary, std::vector<Token>{}, {}), 0u);
}

}  // namespace
}  // namespace pith::model
