// The file form of a vocabulary (docs/vocabulary.md): sorted tokens, each as what it shares with
// the one before and what it adds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/file_error.h"
#include "model/vocab/vocabulary.h"

namespace pith::model {

// Whether a file says of itself that it is a vocabulary.
[[nodiscard]] bool is_vocabulary_file(std::span<const uint8_t> file);

// The same bytes for the same vocabulary.
[[nodiscard]] std::vector<uint8_t> write_vocabulary(const Vocabulary& vocabulary);

// Reads untrusted bytes. Whatever is wrong is an error, and leaves *vocabulary as it was; what is
// accepted is exactly what write_vocabulary() makes of it.
[[nodiscard]] FileError read_vocabulary(std::span<const uint8_t> file, Vocabulary* vocabulary);

}  // namespace pith::model
