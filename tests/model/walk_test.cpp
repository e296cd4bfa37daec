// The symbol walk: what is coded comes back, with any vocabulary and any predictor.
#include "model/walk.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "model/byte_alphabet.h"

namespace pith::model {
namespace {

// A predictor whose probabilities depend on all bits before, and that notes what it is asked and
// told.
class NotingPredictor {
 public:
  uint32_t predict() {
    asked_.push_back(state_);
    // One decision in four is all but certain, either way.
    if (state_ % 4 == 0) return state_ % 8 == 0 ? 1 : codec::kProbOne - 1;
    return 1 + state_ % (codec::kProbOne - 1);
  }
  void update(uint32_t bit) {
    told_.push_back(bit);
    state_ = (state_ * 2 + bit + 1) * 0x9E3779B1u;
    state_ ^= state_ >> 15;
  }
  [[nodiscard]] const std::vector<uint32_t>& asked() const { return asked_; }
  [[nodiscard]] const std::vector<uint32_t>& told() const { return told_; }

 private:
  uint32_t state_ = 1;
  std::vector<uint32_t> asked_;
  std::vector<uint32_t> told_;
};

// Five tokens. Their first decision has one outcome, and so has the second behind token 4's first:
//   0, 1, 2, 3: 1 0 b b;  4: 1 1 0
struct FiveTokens {
  using Token = int;
  struct Cursor {
    int step_number = 0;
    int token_so_far = 0;
    bool last = false;

    [[nodiscard]] bool done() const { return step_number == (last ? 3 : 4); }
    [[nodiscard]] int forced() const {
      if (step_number == 0) return 1;
      return last ? 0 : -1;
    }
    [[nodiscard]] uint32_t towards(Token token) const {
      if (step_number == 1) return token == 4 ? 1 : 0;
      return static_cast<uint32_t>(token >> (3 - step_number) & 1);
    }
    void step(uint32_t bit) {
      if (step_number == 1) last = bit != 0;
      if (step_number >= 2) token_so_far = token_so_far << 1 | static_cast<int>(bit);
      ++step_number;
    }
    [[nodiscard]] Token token() const { return last ? 4 : token_so_far; }
  };
};

template <class Vocabulary>
struct Coded {
  std::vector<uint8_t> bytes;
  NotingPredictor predictor;
};

template <class Vocabulary>
Coded<Vocabulary> encode(const std::vector<typename Vocabulary::Token>& tokens,
                         const typename Vocabulary::Cursor& start) {
  Coded<Vocabulary> result;
  result.bytes.resize(32 * tokens.size() + 16);  // 24 bits a decision at most
  codec::RangeEncoder coder(result.bytes);
  WalkEncoder walker{coder};
  for (const auto token : tokens) {
    const auto walked = walk<Vocabulary>(result.predictor, walker, token, start);
    EXPECT_EQ(walked, token);
  }
  result.bytes.resize(coder.finish());
  EXPECT_FALSE(coder.overflowed());
  return result;
}

template <class Vocabulary>
void expect_comes_back(const std::vector<typename Vocabulary::Token>& tokens,
                       const typename Vocabulary::Cursor& start) {
  const Coded<Vocabulary> coded = encode<Vocabulary>(tokens, start);
  codec::RangeDecoder coder(coded.bytes);
  WalkDecoder walker{coder};
  NotingPredictor predictor;
  for (size_t i = 0; i < tokens.size(); ++i) {
    // What is handed in does not matter when decoding.
    const auto any = static_cast<typename Vocabulary::Token>(i % 5);
    ASSERT_EQ(walk<Vocabulary>(predictor, walker, any, start), tokens[i]) << i;
  }
  EXPECT_LE(coder.overrun(), 8u);  // as far ahead as a decoder looks
  // Both sides took the same way.
  EXPECT_EQ(predictor.asked(), coded.predictor.asked());
  EXPECT_EQ(predictor.told(), coded.predictor.told());
}

const ByteAlphabet::Cursor kText(codec::kTextByteCode);
const ByteAlphabet::Cursor kFlat(codec::kFlatByteCode);

TEST(ByteAlphabet, EveryByteHasItsCodeAsItsWay) {
  for (const codec::ByteCode* code : {&codec::kTextByteCode, &codec::kFlatByteCode}) {
    for (uint32_t byte = 0; byte < 256; ++byte) {
      ByteAlphabet::Cursor cursor(*code);
      for (uint32_t depth = 0; depth < code->length[byte]; ++depth) {
        ASSERT_FALSE(cursor.done());
        ASSERT_EQ(cursor.forced(), -1);
        const uint32_t bit = cursor.towards(static_cast<uint8_t>(byte));
        ASSERT_EQ(bit, code->code[byte] >> (15 - depth) & 1) << byte;
        cursor.step(bit);
      }
      ASSERT_TRUE(cursor.done());
      ASSERT_EQ(cursor.token(), byte);
    }
  }
}

TEST(Walk, EveryByteComesBack) {
  for (const ByteAlphabet::Cursor& start : {kText, kFlat}) {
    for (uint32_t byte = 0; byte < 256; ++byte) {
      const auto b = static_cast<uint8_t>(byte);
      ASSERT_NO_FATAL_FAILURE(expect_comes_back<ByteAlphabet>({b}, start));
      ASSERT_NO_FATAL_FAILURE(expect_comes_back<ByteAlphabet>({b, b, 0, b, 255, b}, start));
    }
  }
}

TEST(Walk, BytesComeBack) {
  std::mt19937_64 random(1);
  std::vector<uint8_t> bytes(20000);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  for (const ByteAlphabet::Cursor& start : {kText, kFlat}) {
    ASSERT_NO_FATAL_FAILURE(expect_comes_back<ByteAlphabet>(bytes, start));
  }
}

// A predictor that knows nothing.
struct EvenPredictor {
  static uint32_t predict() { return codec::kProbOne / 2; }
  static void update(uint32_t) {}
};

// Ones alone keep to the lower part of every range: all bytes are zeros, which a decoder would
// supply without end. A code that is whole must not look like one that was cut short.
TEST(Walk, ACodeOfZerosIsNoShorterThanAnother) {
  // 'z' has ones alone in the text's code, 255 in the other.
  for (const ByteAlphabet::Cursor& start : {kText, kFlat}) {
    for (const uint8_t byte : {uint8_t{0xFF}, uint8_t{0}, uint8_t{0x80}, uint8_t{'z'}}) {
      std::vector<uint8_t> coded(2000);
      codec::RangeEncoder encoder(coded);
      WalkEncoder walk_encoder{encoder};
      EvenPredictor predictor;
      for (int i = 0; i < 1000; ++i) walk<ByteAlphabet>(predictor, walk_encoder, byte, start);
      coded.resize(encoder.finish());
      ASSERT_FALSE(encoder.overflowed());
      codec::RangeDecoder decoder(coded);
      WalkDecoder walk_decoder{decoder};
      for (int i = 0; i < 1000; ++i) {
        ASSERT_EQ(walk<ByteAlphabet>(predictor, walk_decoder, uint8_t{0}, start), byte) << i;
      }
      EXPECT_LE(decoder.overrun(), 8u) << int{byte};
    }
  }
}

TEST(Walk, AByteIsTheDecisionsOfItsCodeTheFirstOneHighest) {
  const Coded<ByteAlphabet> flat = encode<ByteAlphabet>({0xA6, 0x01}, kFlat);
  EXPECT_EQ(flat.predictor.told(),
            (std::vector<uint32_t>{1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(flat.predictor.asked().size(), 16u);
  const Coded<ByteAlphabet> text = encode<ByteAlphabet>({'a', 'z'}, kText);
  EXPECT_EQ(text.predictor.told(), (std::vector<uint32_t>{1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(text.predictor.asked().size(), 12u);
}

TEST(Walk, TokensOfAnyVocabularyComeBack) {
  std::mt19937_64 random(2);
  std::vector<int> tokens(5000);
  for (int& token : tokens) token = static_cast<int>(random() % 5);
  expect_comes_back<FiveTokens>(tokens, {});
}

TEST(Walk, ForcedDecisionsAreNeitherAskedForNorTold) {
  const Coded<FiveTokens> four = encode<FiveTokens>({4}, {});
  EXPECT_EQ(four.predictor.told(), (std::vector<uint32_t>{1}));
  EXPECT_EQ(four.predictor.asked().size(), 1u);
  const Coded<FiveTokens> two = encode<FiveTokens>({2}, {});
  EXPECT_EQ(two.predictor.told(), (std::vector<uint32_t>{0, 1, 0}));
}

TEST(Walk, AnyBytesDecode) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 50; ++round) {
    std::vector<uint8_t> bytes(static_cast<size_t>(round));
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(round % 3 == 0 ? 0xFF : random());
    codec::RangeDecoder coder(bytes);
    WalkDecoder walker{coder};
    NotingPredictor predictor;
    for (int i = 0; i < 200; ++i) {
      const int token = walk<FiveTokens>(predictor, walker, 0, {});
      ASSERT_GE(token, 0);
      ASSERT_LE(token, 4);
    }
  }
}

}  // namespace
}  // namespace pith::model
