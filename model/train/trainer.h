// Takes the steps of a training run.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "model/train/network.h"
#include "model/train/optimizer.h"
#include "model/train/packed_text.h"
#include "model/train/sampler.h"
#include "model/train/training_run.h"

namespace pith::train {

struct StepResult {
  double bits = 0;     // ideal code length of the tokens that the step learned from
  uint64_t bytes = 0;  // their text
  uint64_t tokens = 0;
  double norm = 0;  // of the gradients; if not finite the run is left as it was
};

// For a run that begins or goes on. With as many threads as before, a run that was kept in a
// checkpoint goes on exactly as it would have without; with another number, sums are rounded in
// another order.
class Trainer {
 public:
  // run and text outlive the trainer. weights: of the files of the text. token_bytes [V].
  Trainer(TrainingRun* run, const PackedText& text, std::span<const double> weights,
          std::span<const uint8_t> token_bytes, size_t threads);

  // False if what the run has kept of the sampler or the streams does not fit the texts or the
  // configuration. To be called before the first step of a run that goes on.
  [[nodiscard]] bool restore();

  // From now on, and in all sessions to come, weights and activations have 8 bits in both passes.
  // The steps of the activations are measured on the next batch, which is not used up.
  void begin_quantisation();

  // One step, with the learning rates times rate.
  StepResult step(float rate);

  // Network::silent_share() of the last step.
  [[nodiscard]] double silent_share() const { return networks_[0]->silent_share(); }

  // Puts into the run what is kept here, for a checkpoint.
  void save();

  [[nodiscard]] const Sampler& sampler() const { return sampler_; }

 private:
  [[nodiscard]] size_t micro_batches() const { return states_.size(); }
  // All numbers of the streams' state one after the other.
  template <class Visit>
  void visit_streams(const Visit& visit);
  void update_average();
  void quantise();

  TrainingRun* run_;
  model::Layout layout_;
  std::span<const uint8_t> token_bytes_;
  size_t threads_;
  Sampler sampler_;
  Optimizer optimizer_;
  std::vector<std::unique_ptr<Network<float>>> networks_;  // [threads]
  std::vector<Gradients<float>> grads_;                    // [threads]
  std::vector<NetworkState<float>> states_;                // [micro-batches]
  std::vector<Batch> batches_;                             // [micro-batches]
  std::vector<float> quantised_;                           // [layout.total], or empty
};

}  // namespace pith::train
