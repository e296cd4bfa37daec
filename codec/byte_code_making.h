// How the byte codes are made. The compiler does it, for the tables of byte_code.h; a test does it
// again at run time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codec/byte_code.h"

namespace pith::codec::internal {

// Bytes in the order of their codes.
constexpr std::array<uint8_t, 256> text_order() {
  std::array<uint8_t, 256> order{};
  size_t n = 0;
  const auto put = [&](int c) { order[n++] = static_cast<uint8_t>(c); };
  const auto is_space = [](int c) { return c == 9 || c == 10 || c == 13 || c == 32; };
  const auto is_vowel = [](int c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
  };
  const auto is_lower = [](int c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](int c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](int c) { return c >= '0' && c <= '9'; };
  for (int c = 0; c < 128; ++c) {
    if ((c < 32 && !is_space(c)) || c == 127) put(c);
  }
  for (int c = 0; c < 128; ++c) {
    if (is_space(c)) put(c);
  }
  for (int c = 33; c < 127; ++c) {
    if (!is_lower(c) && !is_capital(c) && !is_digit(c)) put(c);
  }
  for (int c = '0'; c <= '9'; ++c) put(c);
  for (int c = 'A'; c <= 'Z'; ++c) put(c);
  for (int c = 128; c < 256; ++c) put(c);
  for (int c = 'a'; c <= 'z'; ++c) {
    if (is_vowel(c)) put(c);
  }
  for (int c = 'a'; c <= 'z'; ++c) {
    if (!is_vowel(c)) put(c);
  }
  return order;
}

// Decisions of each byte in that order: per class those of the optimal alphabetic code for a
// mixture of prose, wiki markup, source code and data.
// clang-format off
inline constexpr std::array<uint8_t, 256> kTextLengths = {
    // controls and DEL
    11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 10, 10, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11,
    11, 11, 11, 11, 11, 11, 11,
    // tab, line feed, carriage return, space
    6, 6, 6, 4,
    // punctuation
    8, 8, 10, 11, 11, 9, 8, 7, 8, 9, 9, 6, 7, 7, 7, 7, 8, 8, 8, 9, 10, 10, 7, 8, 8, 9, 9, 9, 9,
    8, 9, 9,
    // digits
    5, 6, 6, 6, 7, 7, 7, 7, 7, 7,
    // capitals
    8, 8, 8, 8, 9, 9, 9, 9, 8, 10, 10, 9, 8, 9, 9, 8, 9, 9, 8, 8, 9, 9, 9, 10, 11, 11,
    // 128..255
    9, 10, 10, 10, 11, 11, 11, 11, 11, 12, 12, 11, 11, 11, 12, 12, 12, 12, 12, 12, 11, 11, 12,
    12, 11, 10, 11, 11, 10, 10, 12, 12, 11, 11, 12, 12, 10, 11, 11, 10, 11, 11, 11, 11, 11, 11,
    11, 11, 10, 11, 11, 11, 11, 11, 12, 12, 10, 11, 11, 11, 11, 10, 10, 11, 13, 13, 12, 9, 11,
    11, 14, 14, 13, 13, 14, 14, 13, 13, 13, 13, 8, 9, 13, 13, 13, 13, 12, 12, 10, 10, 12, 12,
    13, 13, 13, 13, 10, 10, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12, 12, 12, 12, 13, 13, 13,
    13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
    // vowels
    4, 4, 4, 5, 6, 6,
    // consonants
    7, 7, 6, 7, 7, 7, 8, 8, 6, 6, 5, 7, 7, 6, 5, 5, 6, 7, 8, 8,
};
// clang-format on

constexpr std::array<uint8_t, 256> flat_order() {
  std::array<uint8_t, 256> order{};
  for (size_t i = 0; i < 256; ++i) order[i] = static_cast<uint8_t>(i);
  return order;
}

constexpr std::array<uint8_t, 256> flat_lengths() {
  std::array<uint8_t, 256> length{};
  length.fill(8);
  return length;
}

// order: the bytes in the order of their codes; lengths: [place in that order].
constexpr ByteCode make_code(const std::array<uint8_t, 256>& order,
                             const std::array<uint8_t, 256>& lengths) {
  ByteCode made;
  uint32_t next = 0;
  for (size_t i = 0; i < 256; ++i) {
    made.code[order[i]] = static_cast<uint16_t>(next);
    made.length[order[i]] = lengths[i];
    next += 1u << (ByteCode::kLongest - lengths[i]);
  }
  // A node is a range of the order; ranges are split breadth first.
  struct Node {
    size_t begin;
    size_t end;
    uint32_t depth;
  };
  std::array<Node, ByteCode::kNodes + 1> node{};
  node[0] = {0, 256, 0};
  size_t nodes = 1;
  for (size_t k = 0; k < nodes; ++k) {
    const Node n = node[k];
    size_t middle = n.begin;
    while (middle < n.end &&
           (made.code[order[middle]] >> (ByteCode::kLongest - 1 - n.depth) & 1) == 0) {
      ++middle;
    }
    const size_t ends[3] = {n.begin, middle, n.end};
    for (size_t bit = 0; bit < 2; ++bit) {
      if (ends[bit + 1] - ends[bit] == 1) {
        made.child[bit][k] = static_cast<uint16_t>(ByteCode::kLeaf + order[ends[bit]]);
      } else {
        made.child[bit][k] = static_cast<uint16_t>(nodes);
        node[nodes++] = {ends[bit], ends[bit + 1], n.depth + 1};
      }
    }
  }
  return made;
}

constexpr bool complete(const std::array<uint8_t, 256>& lengths) {
  uint32_t sum = 0;
  for (const uint8_t n : lengths) sum += 1u << (ByteCode::kLongest - n);
  return sum == 1u << ByteCode::kLongest;
}
static_assert(complete(kTextLengths));

}  // namespace pith::codec::internal
