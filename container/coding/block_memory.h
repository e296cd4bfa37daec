// How much memory coding takes, as headers declare it and limits are kept by: docs/format.md
// section 7.
//
// Counted is what is allocated: the buffers and the working memory of a block, and what the library
// keeps for it, which are the starting values of its level and the network. Not counted is what is
// read where it lies in the program's file or in a prior's: pages that all processes share and the
// system takes back at need.
#pragma once

#include <cstdint>

#include "container/format/format.h"

namespace pith::container {

// Bytes a worker needs to decode the block.
[[nodiscard]] uint64_t block_decode_memory(const BlockHeader& header);
// The most that any block of a frame of this level and block size needs.
[[nodiscard]] uint64_t frame_decode_memory(int level, uint32_t block_size);
// Bytes a worker needs to encode a block of up to block_size bytes.
[[nodiscard]] uint64_t block_encode_memory(int level, uint32_t block_size, bool verify);

}  // namespace pith::container
