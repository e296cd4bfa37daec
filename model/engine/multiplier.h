// From the scales of a model file to the factors that the engine multiplies by; integers only.
#pragma once

#include <cstdint>
#include <optional>

#include "model/engine/fixed_point.h"
#include "model/integer_model.h"

namespace pith::model {

// The nearest Multiplier to value * 2^exponent. What is too large becomes the largest there is,
// about 2^3; what is too small loses bits.
[[nodiscard]] Multiplier multiplier_of(uint64_t value, int exponent);

// sign(number) * the nearest to |number| * 2^exponent / step.
[[nodiscard]] Multiplier multiplier_by(int32_t number, int exponent, Scale step);

// The nearest integer to a * b * 2^exponent; none if it is not below 2^31.
[[nodiscard]] std::optional<int32_t> factor_of(Scale a, Scale b, int exponent);

// number / 2^bits, rounded and within +-limit.
[[nodiscard]] int32_t rounded(int32_t number, int bits, int32_t limit);

}  // namespace pith::model
