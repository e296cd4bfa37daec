#include "tests/vocab/some_vocabulary.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace pith::test {

std::vector<std::string> with_single_bytes(std::vector<std::string> tokens) {
  std::set<std::string, model::TokenOrder> sorted(tokens.begin(), tokens.end());
  for (int byte = 0; byte < 256; ++byte) sorted.insert(std::string(1, static_cast<char>(byte)));
  return {sorted.begin(), sorted.end()};
}

model::Vocabulary vocabulary_of(const std::vector<std::string>& tokens) {
  model::Vocabulary vocabulary;
  const model::FileError error = model::Vocabulary::create(tokens, &vocabulary);
  EXPECT_TRUE(error.ok()) << error.text << " " << error.offset;
  return vocabulary;
}

model::Vocabulary random_vocabulary(size_t size, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::string> tokens;
  while (tokens.size() + 256 < size) {
    const size_t length = 2 + (random() % 8 == 0 ? random() % 31 : random() % 6);
    const unsigned letters = random() % 4 == 0 ? 256 : 3;
    std::string token;
    for (size_t i = 0; i < length; ++i) token += static_cast<char>('`' + random() % letters);
    tokens.push_back(token);
  }
  return vocabulary_of(with_single_bytes(tokens));
}

std::vector<uint8_t> random_text(size_t size, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<uint8_t> text(size);
  for (uint8_t& byte : text) {
    byte = static_cast<uint8_t>('`' + random() % (random() % 8 == 0 ? 256 : 3));
  }
  return text;
}

}  // namespace pith::test
