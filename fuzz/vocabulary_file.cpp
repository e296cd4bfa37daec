// A vocabulary file of any bytes: refused, or a vocabulary with this one form, in whose tokens any
// text can be written and read.
#include "model/vocab/vocabulary_file.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/coder.h"
#include "fuzz/repair.h"
#include "model/vocab/tokenizer.h"

using pith::fuzz::require;
using namespace pith::model;

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return pith::fuzz::mutate(data, size, max_size, seed, pith::fuzz::repair_vocabulary);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::span<const uint8_t> file(data, size);
  Vocabulary vocabulary;
  if (!read_vocabulary(file, &vocabulary).ok()) return 0;
  require(write_vocabulary(vocabulary) == std::vector<uint8_t>(data, data + size),
          "a vocabulary file has one form");
  // The file itself is a text: it holds all single bytes and parts of all tokens.
  std::vector<Tokenizer::Token> tokens(size);
  tokens.resize(Tokenizer(vocabulary).encode(file, tokens));
  std::vector<uint8_t> text(size);
  require(
      decode_tokens(vocabulary, tokens, text) == size && std::equal(text.begin(), text.end(), data),
      "text in tokens comes back");
  return 0;
}
