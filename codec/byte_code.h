// Byte codes: the binary decisions that lead to each byte, as an alphabetic prefix code.
//
// Text has a code of its own, whose decisions ask for what differs most first: lower-case letter or
// not, vowel or consonant, white space, punctuation, digit, capital, byte above 127. Inside a class
// the code is the cheapest that keeps the order. On text it takes between five and six decisions a
// byte instead of eight, and the questions are easier to answer: measured, both smaller and faster
// than the bits of a byte (docs/design.md). Everything else takes the bits, highest first.
//
// Bytes have an order, that of their codes; what can still come is always a range of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pith::codec {

struct ByteCode {
  static constexpr uint32_t kLongest = 16;  // decisions
  static constexpr uint32_t kLeaf = 256;    // added to the byte where a decision leads to one
  static constexpr size_t kNodes = 255;     // decisions, numbered breadth first from 0, the root

  std::array<uint16_t, 256> code{};                     // [byte] left-aligned in 16 bits
  std::array<uint8_t, 256> length{};                    // [byte] number of decisions
  std::array<std::array<uint16_t, kNodes>, 2> child{};  // [outcome][node] node, or kLeaf + byte
};

extern const ByteCode kTextByteCode;
extern const ByteCode kFlatByteCode;

}  // namespace pith::codec
