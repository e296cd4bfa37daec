// Scales of integer models as numbers: what engines do without.
#pragma once

#include "model/integer_model.h"

namespace pith::train {

// The nearest scale; value in [2^-40, 2^14).
[[nodiscard]] model::Scale scale_of(double value);
[[nodiscard]] double value_of(model::Scale scale);

}  // namespace pith::train
