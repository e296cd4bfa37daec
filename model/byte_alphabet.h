// The trivial vocabulary: 256 one-byte tokens, eight binary decisions each.
#pragma once

#include <cstdint>

namespace pith::model {

// A vocabulary gives a cursor over the binary decisions that lead to one of its tokens. Its tokens
// are sorted, so that what can still come is always a range of them.
struct ByteAlphabet {
  using Token = uint8_t;

  struct Cursor {
    uint32_t node = 1;  // the bits so far behind a leading 1

    [[nodiscard]] [[gnu::always_inline]] bool done() const { return node >= 256; }
    // The only outcome the next decision can have, or -1 if it has two.
    [[nodiscard]] [[gnu::always_inline]] int forced() const { return -1; }
    // The outcome of the next decision on the way to this token.
    [[nodiscard]] [[gnu::always_inline]] uint32_t towards(Token token) const {
      return (uint32_t{token} | 256u) >> (7 - depth()) & 1;
    }
    [[gnu::always_inline]] void step(uint32_t bit) { node = node << 1 | bit; }
    [[nodiscard]] [[gnu::always_inline]] Token token() const { return static_cast<Token>(node); }

   private:
    [[nodiscard]] [[gnu::always_inline]] uint32_t depth() const {
      return 31 - static_cast<uint32_t>(__builtin_clz(node));
    }
  };
};

}  // namespace pith::model
