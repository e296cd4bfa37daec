// A part of texts too large to be read as a whole, the same one every time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pith::model_cli {

// Bytes to take from each file when `total` are to be taken: in proportion to size^balance, but
// none more than it has. balance 1: as the sizes are; 0: from each file the same.
[[nodiscard]] std::vector<size_t> sample_shares(std::span<const size_t> sizes, size_t total,
                                                double balance);

// About `total` bytes of the files, in pieces that are spread evenly over each and end with a line;
// a zero byte follows each piece. Throws Failure where a file cannot be read.
[[nodiscard]] std::vector<uint8_t> sample_files(std::span<const std::string> paths, size_t total,
                                                double balance);

}  // namespace pith::model_cli
