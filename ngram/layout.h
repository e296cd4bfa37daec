// Where the parts of a predictor lie in the memory of a block, and how much that is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ngram/adaptive_map.h"
#include "ngram/ensemble.h"
#include "ngram/mixer.h"
#include "ngram/slot_table.h"

namespace pith::ngram {

inline constexpr size_t kPredictorRoom = 192 * 1024;  // bytes for the predictor object itself
inline constexpr std::array<uint32_t, 4> kMixerRows = {17 * 6 * 3, 3 * 256, 256, 256};

inline constexpr size_t kRunClasses = 16;

// [run count] class of its length, 0..14.
inline constexpr std::array<uint8_t, 256> kRunClass = [] {
  std::array<uint8_t, 256> table{};
  for (uint32_t n = 0; n < 256; ++n) {
    table[n] = static_cast<uint8_t>(n < 11 ? n : n < 16 ? 11 : n < 24 ? 12 : n < 48 ? 13 : 14);
  }
  return table;
}();

// Lanes of a group of inputs: the contexts, the match model and the bias, a whole number of
// vectors.
[[nodiscard]] constexpr size_t padded_contexts(const LevelShape& shape) {
  return (shape.contexts + 2 + kLanes - 1) / kLanes * kLanes;
}

// Inputs of the mixer: logits of states, of runs, and clipped ones of states if any; whole groups.
[[nodiscard]] constexpr size_t padded_inputs(const LevelShape& shape) {
  const size_t lanes = (shape.clipped ? 3 : 2) * padded_contexts(shape);
  return (lanes + kInputGroup - 1) / kInputGroup * kInputGroup;
}

[[nodiscard]] constexpr size_t weight_rows(const LevelShape& shape) {
  size_t rows = 0;
  for (size_t s = 0; s < shape.sets; ++s) rows += kMixerRows[s];
  return rows;
}

// Offsets in bytes from the start of the memory, multiples of 64.
struct Layout {
  size_t byte_lines;
  size_t nibble_lines;
  size_t match;
  size_t zeroed;  // everything before this offset starts as zeros
  size_t weights;
  size_t maps;
  size_t predictor;
  size_t total;
  uint32_t lines;       // of each slot table
  uint32_t match_bits;  // log2 of the entries of each match table
  uint32_t map_bits;    // log2 of the rows of each adaptive map
};

// raw_size: of the block, bytes.
[[nodiscard]] Layout layout(const LevelShape& shape, uint32_t raw_size);

}  // namespace pith::ngram
