// A language model of fixed random weights over a few hundred tokens.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/language_model.h"

namespace pith::test {

// Null if the library does not take its file.
[[nodiscard]] std::unique_ptr<const model::LanguageModel> small_model(uint64_t seed);

// The file of such a model; empty if its vocabulary is refused.
[[nodiscard]] std::vector<uint8_t> small_model_file(uint64_t seed);

}  // namespace pith::test
