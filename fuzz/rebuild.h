// Mutated archives made whole again.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace pith::fuzz {

// The frames of an archive whose checks are right (repair.h), with raw offsets, index and block
// size that fit the blocks there are: blocks that a mutation changed, left out, repeated or brought
// from another archive then decode to the end. The content hash is right if all blocks are stored.
// Bytes between frames stay.
[[nodiscard]] std::vector<uint8_t> rebuilt_archive(std::span<const uint8_t> file);

}  // namespace pith::fuzz
