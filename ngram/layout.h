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
inline constexpr uint32_t kFinalRows = 6;

// [run count] class of its length, 0..14, times 2.
inline constexpr std::array<uint8_t, 256> kRunClass = [] {
  std::array<uint8_t, 256> table{};
  for (uint32_t n = 0; n < 256; ++n) {
    table[n] = static_cast<uint8_t>(2 * (n < 11   ? n
                                         : n < 16 ? 11
                                         : n < 24 ? 12
                                         : n < 48 ? 13
                                                  : 14));
  }
  return table;
}();

// Contexts, with lanes that stay empty up to a whole number of vectors.
[[nodiscard]] constexpr size_t padded_contexts(const LevelShape& shape) {
  return (shape.contexts + kLanes - 1) / kLanes * kLanes;
}

// Place of the n-th further input (match model, bias): the empty lanes first, then behind all
// lanes.
[[nodiscard]] constexpr size_t extra_input(const LevelShape& shape, size_t n) {
  const size_t padded = padded_contexts(shape);
  const size_t groups = shape.linear ? 3 : 2;
  const size_t empty = padded - shape.contexts;
  if (n < empty * groups) return n / empty * padded + shape.contexts + n % empty;
  return groups * padded + n - empty * groups;
}

inline constexpr size_t kExtraInputs = 3;

// Inputs of the mixers: logits of states and of runs, linear ones if any, and the extra ones; whole
// groups.
[[nodiscard]] constexpr size_t padded_inputs(const LevelShape& shape) {
  const size_t lanes = (shape.linear ? 3 : 2) * padded_contexts(shape);
  const size_t last = extra_input(shape, kExtraInputs - 1) + 1;
  const size_t inputs = last > lanes ? last : lanes;
  return (inputs + kInputGroup - 1) / kInputGroup * kInputGroup;
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
