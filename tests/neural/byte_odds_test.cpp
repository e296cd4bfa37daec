// What a network says of bytes against what it says of tokens.
#include "model/byte_odds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "model/vocab/tokenizer.h"
#include "tests/neural/small_model.h"

namespace pith::model {
namespace {

using Bytes = std::vector<uint8_t>;
using Token = Vocabulary::Token;

// A network and its odds, driven as a coder does.
class Driver {
 public:
  explicit Driver(const LanguageModel& model)
      : model_(model),
        state_(model.engine().state_bytes() + 64),
        scratch_(model.engine().scratch_bytes(1) + 64),
        features_(model.engine().feature_size() + 64),
        counts_(model.engine().cut().classes()),
        memory_(ByteOdds::memory_bytes(model) / 8 + 1),
        odds_(model, reinterpret_cast<uint8_t*>(memory_.data()), aligned(scratch_)) {
    model.engine().start(aligned(state_));
    take(kStartToken);
  }

  void take(Token token) {
    model_.engine().advance(&token, 1, aligned(state_), aligned(scratch_), features());
    model_.engine().class_counts(features(), 1, aligned(scratch_), counts_.data());
    odds_.set_network(features(), counts_.data());
    taken_.push_back(token);
  }

  // P of each token that may come.
  std::vector<double> tokens() {
    const ClassCut& cut = model_.engine().cut();
    double all = 0;
    for (const uint32_t count : counts_) all += count;
    std::vector<double> result;
    for (uint32_t c = 0; c < cut.classes(); ++c) {
      std::vector<uint32_t> in_class(cut.size(c));
      model_.engine().token_counts(features(), c, aligned(scratch_), in_class.data());
      double sum = 0;
      for (const uint32_t count : in_class) sum += count;
      for (const uint32_t count : in_class) result.push_back(counts_[c] / all * count / sum);
    }
    return result;
  }

  void end_byte(uint8_t byte) {
    odds_.end_byte(byte, [this](Token token) { take(token); });
  }

  ByteOdds& odds() { return odds_; }
  [[nodiscard]] const std::vector<Token>& taken() const { return taken_; }

 private:
  static uint8_t* aligned(Bytes& bytes) {
    return bytes.data() + (64 - reinterpret_cast<uintptr_t>(bytes.data()) % 64) % 64;
  }
  int8_t* features() { return reinterpret_cast<int8_t*>(aligned(features_)); }

  const LanguageModel& model_;
  Bytes state_;
  Bytes scratch_;
  Bytes features_;
  std::vector<uint32_t> counts_;
  std::vector<uint64_t> memory_;
  ByteOdds odds_;
  std::vector<Token> taken_;
};

uint32_t outcome(uint8_t byte, uint32_t depth) {
  return uint32_t{codec::kTextByteCode.code[byte]} >> (15 - depth) & 1;
}

std::vector<Bytes> some_texts() {
  std::vector<Bytes> texts;
  for (const std::string& text :
       {std::string("the thesis of these there, thereafter and the an  and\n\n    in ing"),
        std::string(" thereafte thereafter thereafters the\0nothing\xff\xfe", 47),
        std::string("ations ation atio  \n\n\n  aaaa an and andand")}) {
    texts.emplace_back(text.begin(), text.end());
  }
  return texts;
}

// With no byte of a token known, nothing has ended, and the shares of the decisions of a byte give
// the sum of all tokens that begin with it.
TEST(ByteOdds, BytesHaveTheSumsOfTheirTokens) {
  const auto model = test::small_model(1);
  for (uint32_t byte = 0; byte < 256; ++byte) {
    Driver driver(*model);
    const std::vector<double> tokens = driver.tokens();
    double wanted = 0;
    for (size_t id = 0; id < tokens.size(); ++id) {
      if (model->vocabulary().bytes(static_cast<Token>(id))[0] == byte) wanted += tokens[id];
    }
    double share = 1;
    driver.odds().begin_byte();
    for (uint32_t depth = 0; depth < codec::kTextByteCode.length[byte]; ++depth) {
      const Masses masses = driver.odds().masses();
      ASSERT_EQ(masses.other, 0u);
      const uint32_t bit = outcome(static_cast<uint8_t>(byte), depth);
      share *= static_cast<double>(bit != 0 ? masses.one : masses.zero) /
               static_cast<double>(masses.zero + masses.one);
      driver.odds().took(bit, 1 << 23);
    }
    ASSERT_NEAR(share / wanted, 1, 5e-3) << byte;
  }
}

// Inside of a token: what can come are the tokens that go on, and the end of the longest one so
// far.
TEST(ByteOdds, EndsHaveTheShareOfTheirToken) {
  const auto model = test::small_model(2);
  const std::string text = " th";
  Driver driver(*model);
  const std::vector<double> tokens = driver.tokens();
  std::map<std::string, double> share;
  for (size_t id = 0; id < tokens.size(); ++id) {
    const auto bytes = model->vocabulary().bytes(static_cast<Token>(id));
    share[std::string(bytes.begin(), bytes.end())] = tokens[id];
  }
  for (const char c : text) {
    driver.odds().begin_byte();
    for (uint32_t depth = 0; depth < codec::kTextByteCode.length[static_cast<uint8_t>(c)];
         ++depth) {
      driver.odds().took(outcome(static_cast<uint8_t>(c), depth), 1 << 23);
    }
    driver.end_byte(static_cast<uint8_t>(c));
  }
  driver.odds().begin_byte();
  ASSERT_TRUE(driver.odds().may_have_ended());
  const Masses masses = driver.odds().masses();
  const double longer = share[" the"] + share[" there"] + share[" thereafter"];
  const double ended = share[" th"];
  EXPECT_NEAR(static_cast<double>(masses.other) /
                  static_cast<double>(masses.zero + masses.one + masses.other),
              ended / (ended + longer), 1e-3);
  // All of them go on with "e".
  const uint32_t bit = outcome('e', 0);
  EXPECT_EQ(bit != 0 ? masses.zero : masses.one, 0u);
}

// The network is given the tokens that the tokenizer makes of the text.
TEST(ByteOdds, TakesTheTokensOfTheTokenizer) {
  const auto model = test::small_model(3);
  const Tokenizer tokenizer(model->vocabulary());
  for (const Bytes& text : some_texts()) {
    Driver driver(*model);
    for (const uint8_t byte : text) {
      driver.odds().begin_byte();
      for (uint32_t depth = 0; depth < codec::kTextByteCode.length[byte]; ++depth) {
        driver.odds().took(outcome(byte, depth), 1 << 23);
      }
      driver.end_byte(byte);
    }
    std::vector<Token> tokens(text.size());
    tokens.resize(tokenizer.encode(text, tokens));
    tokens.insert(tokens.begin(), kStartToken);
    // Those at the end of the text may go on yet.
    ASSERT_LE(driver.taken().size(), tokens.size());
    ASSERT_GE(driver.taken().size() + 4, tokens.size());
    tokens.resize(driver.taken().size());
    EXPECT_EQ(driver.taken(), tokens);
  }
}

// The mixer's arithmetic counts on it.
TEST(ByteOdds, MassesStayInTheirRange) {
  const auto model = test::small_model(4);
  for (const Bytes& text : some_texts()) {
    Driver driver(*model);
    for (const uint8_t byte : text) {
      driver.odds().begin_byte();
      for (uint32_t depth = 0; depth < codec::kTextByteCode.length[byte]; ++depth) {
        const Masses masses = driver.odds().masses();
        ASSERT_LT(masses.zero + masses.one + masses.other, uint64_t{1} << 41);
        ASSERT_TRUE(!driver.odds().goes_on() || masses.zero + masses.one > 0);
        driver.odds().took(outcome(byte, depth), 1 << 23);
      }
      driver.end_byte(byte);
    }
  }
}

}  // namespace
}  // namespace pith::model
