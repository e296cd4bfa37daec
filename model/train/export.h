// From a training run to the integers that files carry, and back.
#pragma once

#include "model/integer_model.h"
#include "model/train/packed_text.h"
#include "model/train/training_run.h"

namespace pith::train {

// The run's averaged weights in integers. The run has steps of its activations.
[[nodiscard]] model::IntegerModel to_integers(const TrainingRun& run);

// A run that can be evaluated, with the weights of the model as both its weights and their average.
[[nodiscard]] TrainingRun from_integers(const model::IntegerModel& model);

// Steps of the activations for a run that has none yet, because its last phase has not begun: those
// that suit the start of this text, which is not empty.
[[nodiscard]] std::vector<float> measure_steps(const TrainingRun& run, const PackedText& text);

}  // namespace pith::train
