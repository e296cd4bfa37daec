// First weights.
#pragma once

#include <cstdint>
#include <span>

#include "model/network_layout.h"

namespace pith::train {

// Starting values: matrices scaled by their inputs, the last matrix of each branch zero (so that a
// new network is its embedding and its output), decays from 2 to 500 tokens.
template <class Real>
void initialise(const model::NetworkConfig& config, const model::Layout& layout, uint64_t seed,
                std::span<Real> values);

}  // namespace pith::train
