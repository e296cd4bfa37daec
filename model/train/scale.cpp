#include "model/train/scale.h"

#include <cmath>

namespace pith::train {

model::Scale scale_of(double value) {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);  // in [1/2, 1)
  auto mantissa = static_cast<uint32_t>(std::lround(fraction * (1 << 15)));
  if (mantissa > model::kMantissaMax) {
    mantissa >>= 1;
    ++exponent;
  }
  return {static_cast<uint16_t>(mantissa), static_cast<uint8_t>(15 - exponent)};
}

double value_of(model::Scale scale) { return std::ldexp(double{1} * scale.mantissa, -scale.shift); }

}  // namespace pith::train
