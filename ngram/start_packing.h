// How starting values (start.h) are stored: one zstd frame of little-endian 16-bit words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ngram/ensemble.h"

namespace pith::ngram {

// words: resized to start_words(shape) and filled. False if the frame does not hold just so many.
[[nodiscard]] bool unpack_start(const LevelShape& shape, std::span<const uint8_t> frame,
                                std::vector<uint16_t>* words);

}  // namespace pith::ngram
