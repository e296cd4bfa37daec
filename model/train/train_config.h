// How a network is trained; see docs/training.md for what to choose.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/network_config.h"
#include "model/train/optimizer.h"

namespace pith::train {

struct TrainConfig {
  uint32_t streams = 32;       // texts read side by side
  uint32_t steps = 256;        // consecutive tokens of each that a step learns from
  uint32_t micro_streams = 4;  // streams that go through the network at once; divides streams
  uint32_t segment = 8192;     // longer texts are cut, in tokens: each part starts with no history
  uint32_t warm_up = 200;      // steps in which the learning rates rise
  float warm_down = 0.5f;      // share of the run, its end, in which they fall to zero
  float quantised = 0.15f;     // share of the run, its end, with weights and activations of 8 bits
  float mix_power = 0.7f;      // weight of a training file without one of its own: its size to this
  uint32_t seed = 1;
  OptimizerConfig optimizer;
  std::vector<std::pair<std::string, float>> mix;  // weights of training files, by name
};

// Takes the lines that parse_config() did not. Returns "" or what is wrong.
[[nodiscard]] std::string parse_train_config(const std::vector<model::ConfigLine>& lines,
                                             TrainConfig* config);

// The text that describes it, in the form that is read.
[[nodiscard]] std::string train_config_text(const TrainConfig& config);

// Returns "" or why nothing can be trained so.
[[nodiscard]] std::string check_train_config(const TrainConfig& config);

}  // namespace pith::train
