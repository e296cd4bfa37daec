// What the commands that train starting values share: samples of texts, and the file of the values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pith::model_cli {

// About `most` bytes of the files, each with the same share, in pieces from everywhere, of all
// sizes that files have, as many small ones as large ones. text: zero bytes, which separate
// documents, are left out. Throws Failure.
[[nodiscard]] std::vector<std::vector<uint8_t>> cut_samples(const std::vector<std::string>& files,
                                                            size_t most, bool text);

// Writes sets of values (docs/format.md, section 6.10): the u32 size of each one's zstd frame, then
// the frames. Throws Failure.
void write_start_file(const std::string& path, const std::vector<std::vector<uint16_t>>& sets);

}  // namespace pith::model_cli
