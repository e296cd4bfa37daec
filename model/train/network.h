// The network as it is trained: many tokens of many streams at a time, forward and backward. The
// same arithmetic one token at a time, for reading, is in model/train/reference_network.h.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "model/network_config.h"
#include "model/network_layout.h"
#include "model/train/attention.h"
#include "model/train/batch.h"
#include "model/train/embedding.h"
#include "model/train/gradients.h"
#include "model/train/output.h"
#include "model/train/recurrence.h"

namespace pith::train {

// What streams carry from one pass to the next.
template <class Real>
struct NetworkState {
  NetworkState(const model::NetworkConfig& config, size_t streams);

  std::vector<RecurrenceState<Real>> recurrences;  // [blocks]; unused where attention
  std::vector<AttentionState<Real>> attentions;    // [blocks]; unused where recurrence
};

// Holds what a forward pass keeps for the backward pass, so each thread has its own.
template <class Real>
class Network {
 public:
  // The arguments outlive the network.
  Network(const model::NetworkConfig& config, const model::Layout& layout,
          const model::ClassCut& cut);
  ~Network();

  // From now on activations are quantised: those between the two matrices of a block and of its
  // feed-forward layer with the steps given, two a block; the others with those of quantise.h.
  // Empty: no longer. The weights are the caller's to quantise.
  void quantise_activations(std::span<const float> steps) {
    steps_.assign(steps.begin(), steps.end());
  }

  // The steps that suit the activations of this batch best. weights [layout.total].
  [[nodiscard]] std::vector<float> measure_steps(const Batch& batch, std::span<const Real> weights,
                                                 NetworkState<Real> state);

  // Both return the sum of -ln P(target) over the batch, in nats, and advance the state.
  // weights [layout.total].
  double loss(const Batch& batch, std::span<const Real> weights, NetworkState<Real>* state);

  // Also adds scale times the gradient of that sum to grads.
  double loss_and_gradients(const Batch& batch, std::span<const Real> weights,
                            NetworkState<Real>* state, Real scale, Gradients<Real>* grads);

  // The share of the units of all feed-forward layers that no token of the last batch raised above
  // zero. They learn nothing; if there are many, the learning rate of the matrices is too high.
  [[nodiscard]] double silent_share() const;

 private:
  struct Block;

  void forward(const Batch& batch, const Real* weights, NetworkState<Real>* state);
  void normalise(const Real* from, Real* to, Real* reciprocal, size_t n) const;
  void forward_block(const Batch& batch, const Real* weights, size_t index,
                     NetworkState<Real>* state);
  void backward_block(const Batch& batch, const Real* weights, size_t index, Real* grads);
  [[nodiscard]] size_t offset(size_t parameter) const {
    return layout_.parameters[parameter].offset;
  }
  template <class Number>
  [[nodiscard]] OutputWeights<Number> output_weights(Number* values) const;
  template <class Number>
  [[nodiscard]] RecurrenceWeights<Number> recurrence_weights(const model::BlockLayout& block,
                                                             Number* values) const;

  [[nodiscard]] bool quantised() const { return !steps_.empty(); }
  [[nodiscard]] Real step(size_t block, size_t place) const {
    return static_cast<Real>(steps_[2 * block + place]);
  }

  const model::NetworkConfig& config_;
  const model::Layout& layout_;
  std::vector<float> steps_;  // [blocks][2], or empty
  Embedding<Real> embedding_;
  Output<Real> output_;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::vector<Real> start_, start_reciprocal_;  // [size][d], [size]: the normalised embedding
  std::vector<Real> stream_;                    // [size][d]: the residual stream
  std::vector<Real> last_, last_reciprocal_;    // [size][d], [size]: normalised, into the output
  std::vector<Real> d_stream_, d_narrow_, d_wide_, d_wide2_;
};

}  // namespace pith::train
