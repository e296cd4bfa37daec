// Packs the contexts that help most into the lines of a prior's table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ngram/prior/counting.h"
#include "ngram/prior/prior_table.h"

namespace pith::ngram {

struct PackedPrior {
  std::vector<PriorTable::Code> codes;  // [PriorTable::kCodes]
  std::vector<uint8_t> lines;           // a multiple of PriorTable::kLineSize bytes
  uint64_t entries = 0;

  [[nodiscard]] PriorTable table() const {
    return {codes.data(), lines.data(),
            static_cast<uint32_t>(lines.size() / PriorTable::kLineSize)};
  }
};

// counts: as count_contexts() gives them; bytes: of the lines at most. A table that has more room
// than there is to put in it gets smaller.
[[nodiscard]] PackedPrior pack_prior(std::span<const ContextCounts> counts, uint64_t bytes);

}  // namespace pith::ngram
