// How the learning rates follow a run's budget of time.
#pragma once

#include <algorithm>
#include <cstdint>

#include "model/train/train_config.h"

namespace pith::train {

// Factor of all learning rates: up in the first steps, level, then in a straight line to 0 at the
// end. done: share of the budget that is spent, 0 to 1.
[[nodiscard]] inline float rate_factor(const TrainConfig& config, uint64_t steps, double done) {
  const float up =
      config.warm_up == 0
          ? 1.0f
          : std::min(1.0f, static_cast<float>(steps + 1) / static_cast<float>(config.warm_up));
  const auto left = static_cast<float>(1 - std::clamp(done, 0.0, 1.0));
  const float down = config.warm_down <= 0 ? 1.0f : std::min(1.0f, left / config.warm_down);
  return std::min(up, down);
}

}  // namespace pith::train
