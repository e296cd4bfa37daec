// What a level means to the container: the one table of block sizes, and where zstd may take over.
#pragma once

#include <array>
#include <cstdint>

#include "pith/pith.h"

namespace pith::container {

struct LevelTraits {
  uint32_t block_size;    // bytes
  bool zstd_where_close;  // blocks on which modelling does not pay go to zstd (block_codec.cpp)
};

// Larger blocks teach the model more and parallelise less. [level - 1]; 5..9 mean 4 for now.
inline constexpr std::array<LevelTraits, PITH_LEVEL_MAX> kLevels = {{
    {5u << 20, true},
    {5u << 20, true},
    {10u << 20, false},
    {10u << 20, false},
    {10u << 20, false},
    {10u << 20, false},
    {10u << 20, false},
    {10u << 20, false},
    {10u << 20, false},
}};

// level: PITH_LEVEL_MIN..PITH_LEVEL_MAX.
[[nodiscard]] inline const LevelTraits& level_traits(int level) {
  return kLevels[static_cast<size_t>(level - 1)];
}

}  // namespace pith::container
