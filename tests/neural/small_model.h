// A language model of fixed random weights over a few hundred tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "model/language_model.h"

namespace pith::test {

// What such a model remembers: two bytes for each channel of a head and each token of the window,
// in every block of attention.
struct SmallModelMemory {
  size_t attention_blocks = 1;
  uint32_t head_width = 16;
  uint32_t window = 16;  // tokens
};

// Null if the library does not take its file.
[[nodiscard]] std::unique_ptr<const model::LanguageModel> small_model(
    uint64_t seed, const SmallModelMemory& memory = {});

// The file of such a model; empty if its vocabulary is refused.
[[nodiscard]] std::vector<uint8_t> small_model_file(uint64_t seed,
                                                    const SmallModelMemory& memory = {});

}  // namespace pith::test
