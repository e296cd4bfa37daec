// Makes the checks of mutated files right again. Without it nearly every mutation would end at a
// checksum, and nothing behind it would ever be tried.
#pragma once

#include <cstdint>
#include <span>

namespace pith::fuzz {

// Of every frame header, block header (with payload; of a stored block the raw hash) and footer
// that can be made out in the bytes. Content hashes stay as they are.
void repair_archive(std::span<uint8_t> file);
// Of the other files of pith. What is too short for one is left alone.
void repair_prior(std::span<uint8_t> file);
void repair_model(std::span<uint8_t> file);
void repair_vocabulary(std::span<uint8_t> file);
void repair_checkpoint(std::span<uint8_t> file);

using Repair = void (*)(std::span<uint8_t>);

// What LLVMFuzzerCustomMutator() is to do: a mutation of libFuzzer's own, and mostly a repair.
[[nodiscard]] size_t mutate(uint8_t* data, size_t size, size_t max_size, unsigned seed,
                            Repair repair);

}  // namespace pith::fuzz
