// The trivial vocabulary: 256 one-byte tokens, each with the decisions of its byte code.
#pragma once

#include <cstdint>

#include "codec/byte_code.h"

namespace pith::model {

// A vocabulary gives a cursor over the binary decisions that lead to one of its tokens. Its tokens
// are sorted, so that what can still come is always a range of them.
struct ByteAlphabet {
  using Token = uint8_t;

  class Cursor {
   public:
    // code: outlives the cursor.
    [[gnu::always_inline]] explicit Cursor(const codec::ByteCode& code) : code_(&code) {}

    [[nodiscard]] [[gnu::always_inline]] bool done() const { return at_ >= codec::ByteCode::kLeaf; }
    // The only outcome the next decision can have, or -1 if it has two.
    [[nodiscard]] [[gnu::always_inline]] int forced() const { return -1; }
    // The outcome of the next decision on the way to this token.
    [[nodiscard]] [[gnu::always_inline]] uint32_t towards(Token token) const {
      return static_cast<uint32_t>(code_->code[token]) >> (15 - depth_) & 1;
    }
    [[gnu::always_inline]] void step(uint32_t bit) {
      at_ = code_->child[bit][at_];
      ++depth_;
    }
    [[nodiscard]] [[gnu::always_inline]] Token token() const { return static_cast<Token>(at_); }

   private:
    const codec::ByteCode* code_;
    uint32_t at_ = 0;  // node of the code, or leaf
    uint32_t depth_ = 0;
  };
};

}  // namespace pith::model
