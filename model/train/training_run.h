// All that a training run is, between two steps; what a checkpoint keeps.
#pragma once

#include <cstdint>
#include <vector>

#include "model/network_config.h"
#include "model/network_layout.h"
#include "model/train/optimizer.h"
#include "model/train/train_config.h"

namespace pith::train {

// A place on the loss curve.
struct CurvePoint {
  float seconds;        // of training so far
  float megabytes;      // of text so far
  float training_loss;  // bits per byte, since the point before
  float held_loss;      // bits per byte of the averaged weights on held-out text; 0: not measured
};

struct TrainingRun {
  model::NetworkConfig config;
  TrainConfig train;
  model::ClassCut cut;
  double class_rows = 0;            // of the class of an average token
  std::vector<uint8_t> vocabulary;  // its file
  uint64_t tokens = 0;              // learned from so far
  uint64_t bytes = 0;               // of text, so far
  double seconds = 0;               // of training, pauses not counted
  std::vector<CurvePoint> curve;
  std::vector<float> weights;  // [layout.total], as are the next three
  std::vector<float>
      average;  // of the weights, over the last steps: what is evaluated and exported
  Moments moments{0};
  std::vector<float> steps;       // of quantised activations, two a block; empty: not quantised yet
  std::vector<uint64_t> sampler;  // Sampler::state()
  std::vector<float> streams;     // state of the network, stream by stream; may be empty

  [[nodiscard]] model::Layout layout() const { return model::make_layout(config, cut.classes()); }
};

}  // namespace pith::train
