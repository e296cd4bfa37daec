// How many multiply-adds of 8-bit numbers a processor does at best.
#pragma once

#include <cstdint>
#include <string_view>

namespace pith::micro {

// Multiplies and adds in registers alone, with the instructions of a set of the engine's kernels.
// Returns how many multiply-adds that were; 0 for a set that has no such measurement here.
[[nodiscard]] uint64_t multiply_in_registers(std::string_view kernels);

}  // namespace pith::micro
