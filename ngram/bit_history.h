// Bit histories: what a context has seen of one binary decision, in one byte.
//
// A state is either the whole sequence of the first bits (up to kWholeBits of them), or a pair of
// bounded counts (n0, n1) with, while the pair is small, the last bit. A bit that contradicts a
// long run discounts the run, so that histories adapt to change. The scheme is that of PAQ's
// nonstationary states (M. Mahoney, "Adaptive weighing of context models", 2005); the table is made
// from the rules in bit_history.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pith::ngram {

struct BitHistory {
  uint8_t n0 = 0;
  uint8_t n1 = 0;
  uint8_t tail = 0;  // the sequence (newest bit lowest) up to kWholeBits, then the last bit or 0
};

struct BitHistoryTable {
  int states = 0;
  std::array<BitHistory, 256> history{};           // [state]
  std::array<std::array<uint8_t, 256>, 2> next{};  // [bit][state]
};

// Made at compile time (bit_history.cpp).
extern const BitHistoryTable kBitHistory;

}  // namespace pith::ngram
