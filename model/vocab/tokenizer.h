// Text to tokens and back.
//
// Tokens are taken from the front, each time the longest there is. Every text has exactly one such
// segmentation; any other one decodes to its text just as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/vocab/vocabulary.h"

namespace pith::model {

// Not changed after it was made; any number of threads may use one. It does not refer to the
// vocabulary.
class Tokenizer {
 public:
  using Token = Vocabulary::Token;

  struct Match {
    Token token;
    uint32_t length;  // bytes
  };

  explicit Tokenizer(const Vocabulary& vocabulary);

  // The longest token that [begin, end) begins with. begin < end.
  [[nodiscard]] Match longest(const uint8_t* begin, const uint8_t* end) const {
    Match match = {};
    uint32_t base = root_;
    for (const uint8_t* next = begin; next != end; ++next) {
      const Unit unit = units_[base ^ *next];
      if (unit.label != *next) break;
      if (unit.token != kNoToken) {
        match = {unit.token, static_cast<uint32_t>(next + 1 - begin)};
      }
      base = unit.base;
    }
    return match;
  }

  // tokens: at least as many as text has bytes. Returns how many were written.
  [[nodiscard]] size_t encode(std::span<const uint8_t> text, std::span<Token> tokens) const;

 private:
  static constexpr uint16_t kNoLabel = 0x100;  // of a free unit
  static constexpr Token kNoToken = 0xFFFF;

  // The trie as a double array (J. Aoe, 1989), with the exclusive or of base and byte as the place
  // of a child: the children of a node lie in one group of 256 units. As no two nodes have the
  // same base, a child need only know its byte to know its parent.
  struct Unit {
    uint32_t base;   // of its children, who may be none
    uint16_t label;  // the byte that leads here
    Token token;     // that ends here, or kNoToken
  };
  class Builder;

  std::vector<Unit> units_;
  uint32_t root_ = 0;  // base of the first byte
};

// The bytes of tokens one after another. Returns how many there are; text.size() + 1 if they do not
// fit or an id is not one of the vocabulary's. Writes nothing beyond text.
[[nodiscard]] size_t decode_tokens(const Vocabulary& vocabulary,
                                   std::span<const Vocabulary::Token> tokens,
                                   std::span<uint8_t> text);

}  // namespace pith::model
