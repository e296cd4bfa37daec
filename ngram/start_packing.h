// How starting values (start.h) are stored: one zstd frame of little-endian 16-bit words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pith::ngram {

// words: resized to count and filled. False if the frame does not hold just so many.
// Throws std::bad_alloc.
[[nodiscard]] bool unpack_start(std::span<const uint8_t> frame, size_t count,
                                std::vector<uint16_t>* words);

}  // namespace pith::ngram
