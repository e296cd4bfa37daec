// A network at work, for targets.
#pragma once

#include <cstddef>

#include "model/integer_model.h"

namespace pith::fuzz {

// Takes so many tokens, in calls of one and of five, with every set of kernels that runs here.
// Requires of all the features and counts that docs/network.md gives. False if the engine refuses
// the model.
bool run_network(const model::IntegerModel& numbers, size_t tokens);

}  // namespace pith::fuzz
