// The gated linear recurrence between a block's two matrices (docs/network.md, section 3).
#pragma once

#include <cstddef>
#include <vector>

#include "model/train/batch.h"

namespace pith::train {

// What a stream carries from one pass to the next.
template <class Real>
struct RecurrenceState {
  std::vector<Real> hidden;  // [streams][e]
  std::vector<Real> past;    // [streams][kTaps - 1][2e]: value and decay inputs, oldest first

  void resize(size_t streams, size_t width);
};

// The parameters, or their gradients.
template <class Real>
struct RecurrenceWeights {
  Real* taps;  // [kTaps][2e]
  Real* bias;  // [e]
  Real* gain;  // [e]
};

template <class Real>
class Recurrence {
 public:
  explicit Recurrence(size_t width) : width_(width) {}

  // in [size][3e]: value, decay, gate; kept by the caller for backward(). out [size][e].
  // Advances the state.
  void forward(const Batch& batch, const RecurrenceWeights<const Real>& weights, const Real* in,
               RecurrenceState<Real>* state, Real* out);

  // The gradients by in from those by out, for the last forward(); adds those of the parameters to
  // grads. Nothing flows into the state that the pass began with.
  void backward(const Batch& batch, const RecurrenceWeights<const Real>& weights, const Real* in,
                const Real* d_out, Real* d_in, const RecurrenceWeights<Real>& grads);

 private:
  void forward_stream(const Batch& batch, size_t stream,
                      const RecurrenceWeights<const Real>& weights, const Real* in, Real* hidden,
                      Real* out);

  // The input of the convolution k tokens before step, or zeros before the start of the text.
  const Real* tap_input(const Batch& batch, size_t stream, size_t step, size_t k,
                        const Real* in) const;
  void save_past(const Batch& batch, const Real* in, RecurrenceState<Real>* state);

  size_t width_;
  std::vector<Real> start_hidden_;  // [streams][e]: the state before the pass
  std::vector<Real> start_past_;    // [streams][kTaps - 1][2e]
  std::vector<Real> zeros_;         // [2e]
  std::vector<Real> value_;         // [size][e]: v'
  std::vector<Real> decay_;         // [size][e]: a
  std::vector<Real> hidden_;        // [size][e]: h
};

}  // namespace pith::train
