// The symbol walk: the one loop between a vocabulary, a predictor and a coder.
//
// A token is coded as the binary decisions on the way to it. Encoder and decoder run the same code
// on the same predictor, so they cannot drift apart: a coder that encodes takes the bit it is
// given, one that decodes ignores it and tells what it read. Decisions with one possible outcome
// cost nothing.
#pragma once

#include <cstdint>

#include "codec/range_coder.h"

namespace pith::model {

// Coders as the walk sees them: bit in (used when encoding), bit out.
struct WalkEncoder {
  codec::RangeEncoder& coder;
  [[gnu::always_inline]] uint32_t code(uint32_t bit, uint32_t p1) {
    coder.encode(bit, p1);
    return bit;
  }
};

struct WalkDecoder {
  codec::RangeDecoder& coder;
  [[gnu::always_inline]] uint32_t code(uint32_t, uint32_t p1) { return coder.decode(p1); }
};

// Codes one token; returns it. token: what to encode, any value when decoding. cursor: the start of
// the walk. The caller then puts the token into the raw buffer and calls predictor.append().
template <class Vocabulary, class Predictor, class Coder>
[[gnu::always_inline]] inline typename Vocabulary::Token walk(
    Predictor& predictor, Coder& coder, typename Vocabulary::Token token,
    typename Vocabulary::Cursor cursor = {}) {
  while (!cursor.done()) {
    const int forced = cursor.forced();
    uint32_t bit = static_cast<uint32_t>(forced);
    if (forced < 0) {
      bit = coder.code(cursor.towards(token), predictor.predict());
      predictor.update(bit);
    }
    cursor.step(bit);
  }
  return cursor.token();
}

}  // namespace pith::model
