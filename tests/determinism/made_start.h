// Starting values made by rule instead of training: for tests of what a predictor does with any,
// whose results do not change when the trained ones do.
#pragma once

#include <cstdint>
#include <vector>

#include "ngram/start.h"

namespace pith::test {

// The words of ngram::start_of(). seed: for small differences between the rows of weights.
[[nodiscard]] std::vector<uint16_t> made_start(const ngram::LevelShape& shape, uint32_t seed);

// The weights of ngram::network_start(): network and n-grams count about as much.
[[nodiscard]] std::vector<int16_t> made_network_start(size_t shape, uint32_t seed);

}  // namespace pith::test
