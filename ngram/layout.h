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

// Inputs of the mixers: contexts, runs, linear ones if any, match (two), bias; up to a whole number
// of groups.
[[nodiscard]] constexpr size_t padded_inputs(const LevelShape& shape) {
  const size_t inputs = (shape.linear ? 3 : 2) * shape.contexts + 3;
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
