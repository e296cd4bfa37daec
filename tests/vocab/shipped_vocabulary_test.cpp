// The vocabulary that pith ships. Model files name it by its hash: other tokens are another file.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "model/vocab/token_rule.h"
#include "model/vocab/tokenizer.h"
#include "model/vocab/vocabulary_file.h"

namespace pith::model {
namespace {

using Token = Vocabulary::Token;

Vocabulary shipped() {
  std::ifstream file(PITH_MODELS_DIR "/vocab-8k.pithvocab", std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  Vocabulary vocabulary;
  const FileError error =
      read_vocabulary({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, &vocabulary);
  EXPECT_TRUE(error.ok()) << error.text << " " << error.offset;
  return vocabulary;
}

TEST(ShippedVocabulary, HasTokensThatKeepToTheRule) {
  const Vocabulary vocabulary = shipped();
  ASSERT_EQ(vocabulary.size(), 8192u);
  EXPECT_EQ(vocabulary.hash(), 0x8190b911cc2c2f50u);
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto bytes = vocabulary.bytes(static_cast<Token>(id));
    EXPECT_TRUE(bytes.size() == 1 || may_be_token(bytes)) << id;
  }
}

TEST(ShippedVocabulary, EveryTokenIsFoundAndReached) {
  const Vocabulary vocabulary = shipped();
  const Tokenizer tokenizer(vocabulary);
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const auto token = static_cast<Token>(id);
    const auto bytes = vocabulary.bytes(token);
    ASSERT_EQ(tokenizer.longest(bytes.data(), bytes.data() + bytes.size()).token, token);
    Vocabulary::Cursor cursor = vocabulary.cursor();
    while (!cursor.done()) cursor.step(cursor.towards(token));
    ASSERT_EQ(cursor.token(), token);
  }
}

}  // namespace
}  // namespace pith::model
