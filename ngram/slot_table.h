// Hash tables of slots: where a context keeps what it has seen.
//
// A context of a byte owns one slot for the first nibble of the byte that follows, and one for the
// second nibble for each first nibble seen. A slot holds the bit histories of the 15 decisions of a
// nibble. Slots lie in lines of 64 bytes, one cache line each, and are found by check bits; where
// all of a line's slots are taken by others, the one that knows least gives way. First-nibble slots
// also hold the run of the context: the byte seen last and how often in a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pith::ngram {

inline constexpr size_t kNibbleNodes = 15;

struct alignas(64) ByteLine {
  static constexpr size_t kSlots = 3;
  uint16_t check[kSlots];  // 0: empty
  uint8_t run_byte[kSlots];
  uint8_t run_count[kSlots];  // 0: no byte yet
  uint8_t state[kSlots][kNibbleNodes];
  uint8_t unused[7];
};

struct alignas(64) NibbleLine {
  static constexpr size_t kSlots = 4;
  uint8_t check[kSlots];  // 0: empty
  uint8_t state[kSlots][kNibbleNodes];
};

static_assert(sizeof(ByteLine) == 64 && sizeof(NibbleLine) == 64);

// Lines in memory that belongs to the caller and was zeroed.
template <class Line>
struct SlotTable {
  Line* line;
  uint32_t lines;

  [[gnu::always_inline]] Line* at(uint32_t hash) const {
    return line + ((uint64_t{hash} * lines) >> 32);
  }
};

// The slot of this check value in the line, made free for it if it is not there yet. check is not
// 0.
template <class Line, class Check>
[[gnu::always_inline]] inline size_t find_slot(Line* line, Check check) {
  for (size_t i = 0; i < Line::kSlots; ++i) {
    if (line->check[i] == check) return i;
  }
  // States are numbered by the bits they have seen: the smallest at the root knows least.
  size_t victim = 0;
  for (size_t i = 1; i < Line::kSlots; ++i) {
    if (line->state[i][0] < line->state[victim][0]) victim = i;
  }
  line->check[victim] = check;
  std::memset(line->state[victim], 0, kNibbleNodes);
  return victim;
}

}  // namespace pith::ngram
