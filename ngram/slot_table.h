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

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

// Bit i: slot i has this check.
[[gnu::always_inline]] inline uint32_t slots_with(const ByteLine* line, uint16_t check) {
#if defined(__SSE2__)
  const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(line));
  const __m128i same = _mm_cmpeq_epi16(eight, _mm_set1_epi16(static_cast<int16_t>(check)));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(same, same))) & 7;
#else
  return (line->check[0] == check ? 1u : 0u) | (line->check[1] == check ? 2u : 0u) |
         (line->check[2] == check ? 4u : 0u);
#endif
}
[[gnu::always_inline]] inline uint32_t slots_with(const NibbleLine* line, uint8_t check) {
#if defined(__SSE2__)
  int four;
  std::memcpy(&four, line, sizeof four);
  const __m128i same =
      _mm_cmpeq_epi8(_mm_cvtsi32_si128(four), _mm_set1_epi8(static_cast<char>(check)));
  return static_cast<uint32_t>(_mm_movemask_epi8(same)) & 15;
#else
  return (line->check[0] == check ? 1u : 0u) | (line->check[1] == check ? 2u : 0u) |
         (line->check[2] == check ? 4u : 0u) | (line->check[3] == check ? 8u : 0u);
#endif
}

// The slot of this check value in the line, made free for it if it is not there yet. check is not
// 0. Which slot it is cannot be predicted, so only the question whether there is one is a branch.
template <class Line, class Check>
[[gnu::always_inline]] inline size_t find_slot(Line* line, Check check) {
  const uint32_t found = slots_with(line, check);
  if (found != 0) return static_cast<size_t>(__builtin_ctz(found));
  // States are numbered by the bits they have seen: the smallest at the root knows least.
  size_t victim = 0;
  for (size_t i = 1; i < Line::kSlots; ++i) {
    victim = line->state[i][0] < line->state[victim][0] ? i : victim;
  }
  line->check[victim] = check;
  std::memset(line->state[victim], 0, kNibbleNodes);
  return victim;
}

}  // namespace pith::ngram
