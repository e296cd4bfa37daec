// Mutations of priors that reach what is packed in them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pith::fuzz {

// As LLVMFuzzerCustomMutator() has it. Of two mutations one changes the file, the other the
// starting values of a level and kind, which are unpacked and packed again; hashes are made right.
[[nodiscard]] size_t mutate_prior(uint8_t* data, size_t size, size_t max_size, unsigned seed);

}  // namespace pith::fuzz
