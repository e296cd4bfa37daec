// The loss curve of a run as a picture.
#pragma once

#include <span>
#include <string>

#include "model/train/training_run.h"

namespace pith::train {

// An SVG document: bits per byte against the text read, on a logarithmic axis, of the training text
// and the held-out one.
[[nodiscard]] std::string loss_curve_svg(std::span<const CurvePoint> curve);

}  // namespace pith::train
