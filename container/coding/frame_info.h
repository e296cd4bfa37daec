// What a frame says of itself, in the words of the C API.
#pragma once

#include <cstdint>

#include "container/format/format.h"
#include "pith/pith.h"

namespace pith::container {

// From its header alone: what a footer would tell is marked unknown.
[[nodiscard]] pith_info frame_info(const FrameHeader& header);
// From header and footer.
[[nodiscard]] pith_info frame_info(const FrameHeader& header, const Footer& footer);

// Bytes a worker needs at most to decode any frame made with a level's own block size.
[[nodiscard]] uint64_t default_decode_memory_max();

}  // namespace pith::container
