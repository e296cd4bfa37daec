// What a level means to the container: the one table of block sizes, and where zstd may take over.
#pragma once

#include <array>
#include <cstdint>

#include "pith/pith.h"

namespace pith::container {

struct LevelTraits {
  uint32_t block_size;    // bytes
  bool zstd_where_close;  // blocks on which modelling does not pay go to zstd (block_codec.cpp)
  bool network;           // text may be coded with a network
};

// Larger blocks teach the model more and parallelise less. [level - 1]
inline constexpr std::array<LevelTraits, PITH_LEVEL_MAX> kLevels = {{
    {5u << 20, true, false},
    {5u << 20, true, false},
    {10u << 20, false, false},
    {10u << 20, false, false},
    {10u << 20, false, true},
    {10u << 20, false, true},
    {10u << 20, false, true},
    {10u << 20, false, true},
    {10u << 20, false, true},
}};

// level: PITH_LEVEL_MIN..PITH_LEVEL_MAX.
[[nodiscard]] inline const LevelTraits& level_traits(int level) {
  return kLevels[static_cast<size_t>(level - 1)];
}

}  // namespace pith::container
