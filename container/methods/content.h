// What a block's bytes look like. Decides which ensemble models it and whether modelling is worth a
// try.
#pragma once

#include <cstdint>
#include <span>

#include "ngram/content_kind.h"

namespace pith::container {

// Looks at samples of at most 64 KiB in all; only data that seems incompressible is looked at
// whole. Depends on the bytes alone. Empty data is text.
[[nodiscard]] ngram::ContentKind detect_content(std::span<const uint8_t> raw);

// Whether a sample (its first 64 KiB) is random, encrypted or compressed as far as the frequencies
// of bytes and of pairs of bytes tell. False for samples too short to tell (under 256 bytes).
[[nodiscard]] bool looks_incompressible(std::span<const uint8_t> sample);

}  // namespace pith::container
