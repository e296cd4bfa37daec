// A prior: what contexts of other texts were followed by, as a table that is read where it lies.
//
// It is consulted when a block meets a context for the first time: the slot made for it starts with
// states that stand for what the table says, as if the block had seen some of it, instead of with
// nothing. The table is never written and never decoded as a whole; a look-up is one cache line,
// and a process touches only the lines its texts ask for. docs/format.md section 11 has every byte.
//
// A line of 64 bytes holds the entries of the contexts whose hash leads to it. Headers of 16 bits,
// little-endian, stand at its front: check bits of the hash, number of successors, and how often
// the context was seen, in four classes. The successors stand at its end, one byte each, the first
// entry's last, the likeliest first: numbers in a code book of (byte, share).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codec/byte_code.h"
#include "ngram/slot_table.h"

namespace pith::ngram {

// What a prior says of one context.
struct PriorEntry {
  static constexpr size_t kMost = 32;  // successors

  size_t count = 0;   // of successors, the likeliest first
  uint32_t seen = 0;  // how often the context is taken to have been seen, in 1/64
  uint8_t byte[kMost];
  uint32_t weight[kMost];  // ... and to have been followed by this byte, in 1/64

  // The length of the run of byte[0] that the context starts with, 0: none.
  [[nodiscard]] uint8_t run_count() const;

  // The states of a slot whose first decision is the depth-th of a byte, depth 0, 4, 8 or 12; path:
  // the decisions before it, left-aligned in 16 bits; state: [kNibbleNodes].
  void fill(const codec::ByteCode& code, uint32_t path, uint32_t depth, uint8_t* state) const;
};

// Any bytes are safe to read: damage gives other predictions.
class PriorTable {
 public:
  static constexpr size_t kLineSize = 64;
  static constexpr size_t kCodes = 256;
  static constexpr size_t kSuccessorsMax = 8;  // of an entry; more are in an entry of the next hash
  static constexpr uint32_t kCheckBits = 11;
  // [class] how often a context was seen at least, and is taken to have been seen.
  static constexpr std::array<uint32_t, 4> kSeenFrom = {0, 8, 30, 200};
  static constexpr std::array<uint32_t, 4> kSeen = {6, 16, 80, 400};

  // A successor: its share of what followed, in 1/256, if it is the likeliest, else the ratio of
  // its share to that of the one before it.
  struct Code {
    uint8_t byte;
    uint8_t first;
    uint8_t later;
  };
  static_assert(sizeof(Code) == 3);

  PriorTable() = default;
  // codes: [kCodes]; lines: [count * kLineSize], 64-byte aligned for speed. Both outlive the table.
  PriorTable(const Code* codes, const uint8_t* lines, uint32_t count)
      : codes_(codes), lines_(lines), count_(count) {}

  [[gnu::always_inline]] void prefetch(uint32_t hash) const { __builtin_prefetch(line_of(hash)); }

  // hash: of the context as the predictor makes it. False if the table has nothing.
  bool find(uint32_t hash, PriorEntry* entry) const;

  // What the maker of a table must agree on with its reader.
  [[nodiscard]] static uint32_t line_number(uint32_t hash, uint32_t lines) {
    return static_cast<uint32_t>((uint64_t{hash * 0x9E3779B1u} * lines) >> 32);
  }
  // Not 0.
  [[nodiscard]] static uint32_t check(uint32_t hash) {
    uint32_t x = (hash ^ hash >> 15) * 0x2C1B3C6Du;
    x = (x ^ x >> 12) * 0x297A2D39u;
    x = (x ^ x >> 15) & ((1u << kCheckBits) - 1);
    return x + (x == 0 ? 1 : 0);
  }
  // Of the entry that has the successors of a context beyond the first kSuccessorsMax, and so on.
  [[nodiscard]] static uint32_t next_hash(uint32_t hash) { return hash * 0x85EBCA6Bu + 1; }

 private:
  [[nodiscard]] [[gnu::always_inline]] const uint8_t* line_of(uint32_t hash) const {
    return lines_ + size_t{line_number(hash, count_)} * kLineSize;
  }

  const Code* codes_ = nullptr;
  const uint8_t* lines_ = nullptr;
  uint32_t count_ = 0;
};

}  // namespace pith::ngram
