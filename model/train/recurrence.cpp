#include "model/train/recurrence.h"

#include <algorithm>

#include "model/network_config.h"
#include "model/train/elementwise.h"

namespace pith::train {

using model::kTaps;

template <class Real>
void RecurrenceState<Real>::resize(size_t streams, size_t width) {
  hidden.assign(streams * width, Real(0));
  past.assign(streams * (kTaps - 1) * 2 * width, Real(0));
}

template <class Real>
const Real* Recurrence<Real>::tap_input(const Batch& batch, size_t stream, size_t step, size_t k,
                                        const Real* in) const {
  if (k > batch.since[stream * batch.steps + step]) return zeros_.data();
  if (k <= step) return in + (stream * batch.steps + step - k) * 3 * width_;
  return start_past_.data() + (stream * (kTaps - 1) + kTaps - 1 + step - k) * 2 * width_;
}

template <class Real>
void Recurrence<Real>::save_past(const Batch& batch, const Real* in, RecurrenceState<Real>* state) {
  for (size_t s = 0; s < batch.streams; ++s) {
    for (size_t i = 0; i < kTaps - 1; ++i) {
      // Tokens of an earlier text may lie here; tap_input() never looks at them.
      const size_t back = kTaps - 2 - i;
      const Real* from = back < batch.steps
                             ? in + (s * batch.steps + batch.steps - 1 - back) * 3 * width_
                             : start_past_.data() +
                                   (s * (kTaps - 1) + kTaps - 2 + batch.steps - back) * 2 * width_;
      std::copy_n(
          from, 2 * width_,
          state->past.begin() + static_cast<std::ptrdiff_t>((s * (kTaps - 1) + i) * 2 * width_));
    }
  }
}

template <class Real>
void Recurrence<Real>::forward(const Batch& batch, const RecurrenceWeights<const Real>& weights,
                               const Real* in, RecurrenceState<Real>* state, Real* out) {
  start_hidden_ = state->hidden;
  start_past_ = state->past;
  zeros_.resize(2 * width_);
  value_.resize(batch.size() * width_);
  decay_.resize(batch.size() * width_);
  hidden_.resize(batch.size() * width_);
  for (size_t s = 0; s < batch.streams; ++s) {
    forward_stream(batch, s, weights, in, state->hidden.data() + s * width_, out);
  }
  save_past(batch, in, state);
}

template <class Real>
void Recurrence<Real>::forward_stream(const Batch& batch, size_t stream,
                                      const RecurrenceWeights<const Real>& weights, const Real* in,
                                      Real* hidden, Real* out) {
  const size_t width = width_;
  for (size_t t = 0; t < batch.steps; ++t) {
    const size_t row = stream * batch.steps + t;
    const Real* x[kTaps];
    for (size_t k = 0; k < kTaps; ++k) x[k] = tap_input(batch, stream, t, k, in);
    if (batch.since[row] == 0) std::fill_n(hidden, width, Real(0));
    const Real* taps = weights.taps;
    const Real* gate = in + row * 3 * width + 2 * width;
    Real* value = value_.data() + row * width;
    Real* decay = decay_.data() + row * width;
    Real* saved = hidden_.data() + row * width;
    Real* y = out + row * width;
#pragma omp simd
    for (size_t c = 0; c < width; ++c) {
      const Real v = taps[c] * x[0][c] + taps[2 * width + c] * x[1][c] +
                     taps[4 * width + c] * x[2][c] + taps[6 * width + c] * x[3][c];
      const Real z = taps[width + c] * x[0][width + c] + taps[3 * width + c] * x[1][width + c] +
                     taps[5 * width + c] * x[2][width + c] + taps[7 * width + c] * x[3][width + c] +
                     weights.bias[c];
      const Real a = sigmoid(z);
      const Real h = v + a * (hidden[c] - v);
      value[c] = v;
      decay[c] = a;
      saved[c] = h;
      hidden[c] = h;
      y[c] = weights.gain[c] * h * gate[c] * sigmoid(gate[c]);
    }
  }
}

template <class Real>
void Recurrence<Real>::backward(const Batch& batch, const RecurrenceWeights<const Real>& weights,
                                const Real* in, const Real* d_out, Real* d_in,
                                const RecurrenceWeights<Real>& grads) {
  const size_t width = width_;
  std::fill_n(d_in, batch.size() * 3 * width, Real(0));
  std::vector<Real> d_hidden(width);
  std::vector<Real> d_conv(2 * width);   // by v' and by z'
  std::vector<Real> dropped(2 * width);  // gradients that leave the pass
  for (size_t s = 0; s < batch.streams; ++s) {
    std::fill(d_hidden.begin(), d_hidden.end(), Real(0));
    for (size_t t = batch.steps; t-- > 0;) {
      const size_t row = s * batch.steps + t;
      const bool first = batch.since[row] == 0;
      const Real* before = first    ? zeros_.data()
                           : t == 0 ? start_hidden_.data() + s * width
                                    : hidden_.data() + (row - 1) * width;
      const Real* gate = in + row * 3 * width + 2 * width;
      const Real* value = value_.data() + row * width;
      const Real* decay = decay_.data() + row * width;
      const Real* hidden = hidden_.data() + row * width;
      const Real* dy = d_out + row * width;
      Real* d_gate = d_in + row * 3 * width + 2 * width;
      Real* dh_carried = d_hidden.data();
      Real* d_value = d_conv.data();
      Real* d_decay = d_conv.data() + width;
#pragma omp simd
      for (size_t c = 0; c < width; ++c) {
        const Real g = gate[c];
        const Real open = sigmoid(g);
        const Real silu = g * open;
        const Real gained = weights.gain[c] * hidden[c];
        d_gate[c] = dy[c] * gained * (open + silu * (Real(1) - open));
        grads.gain[c] += dy[c] * hidden[c] * silu;
        const Real dh = dh_carried[c] + dy[c] * weights.gain[c] * silu;
        const Real a = decay[c];
        const Real dz = dh * (before[c] - value[c]) * a * (Real(1) - a);
        d_value[c] = dh * (Real(1) - a);
        d_decay[c] = dz;
        grads.bias[c] += dz;
        dh_carried[c] = first ? Real(0) : dh * a;
      }
      for (size_t k = 0; k < kTaps && k <= batch.since[row]; ++k) {
        const Real* x = tap_input(batch, s, t, k, in);
        Real* dx = k <= t ? d_in + (row - k) * 3 * width : dropped.data();
        const Real* tap = weights.taps + k * 2 * width;
        Real* d_tap = grads.taps + k * 2 * width;
        const Real* d = d_conv.data();
#pragma omp simd
        for (size_t c = 0; c < 2 * width; ++c) {
          d_tap[c] += d[c] * x[c];
          dx[c] += d[c] * tap[c];
        }
      }
    }
  }
}

template struct RecurrenceState<float>;
template struct RecurrenceState<double>;
template class Recurrence<float>;
template class Recurrence<double>;

}  // namespace pith::train
