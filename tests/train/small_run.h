// A training run of a few thousand parameters.
#pragma once

#include <vector>

#include "model/train/training_run.h"
#include "tests/train/small_text.h"

namespace pith::train {

// With a vocabulary of small_vocabulary(), before its first step.
[[nodiscard]] TrainingRun small_run(const char* blocks, const PackedText& text);

}  // namespace pith::train
