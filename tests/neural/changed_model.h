// The built-in network with other biases: another model, about as good at text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pith::test {

// Its file; empty if that of the built-in network cannot be read. which: at least 1;
// every so many tokens have another bias.
[[nodiscard]] std::vector<uint8_t> changed_model_file(size_t which);

}  // namespace pith::test
