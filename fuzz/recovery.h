// Recovery with limits, for targets.
#pragma once

#include <cstdint>
#include <vector>

#include "fuzz/coder.h"

namespace pith::fuzz {

struct Recovered {
  struct Piece {
    uint64_t frame;
    uint64_t raw_offset;
    Bytes bytes;
  };

  int status = PITH_OK;
  std::vector<Piece> pieces;
  bool lost_data = false;

  [[nodiscard]] Bytes all() const;
};

// Requires what is true of every recovery: the order of pieces and losses, a status that fits them.
[[nodiscard]] Recovered recover(View coded);

}  // namespace pith::fuzz
