#include "model/train/network.h"

#include <algorithm>

#include "model/train/matrix_product.h"
#include "model/train/norm.h"
#include "model/train/quantise.h"

namespace pith::train {

using model::BlockKind;

template <class Real>
NetworkState<Real>::NetworkState(const model::NetworkConfig& config, size_t streams)
    : recurrences(config.blocks.size()), attentions(config.blocks.size()) {
  for (size_t i = 0; i < config.blocks.size(); ++i) {
    if (static_cast<BlockKind>(config.blocks[i]) == BlockKind::kRecurrence) {
      recurrences[i].resize(streams, config.recurrence_width);
    } else {
      attentions[i].resize(streams, config);
    }
  }
}

// What a block keeps between forward and backward. [size][...] each.
template <class Real>
struct Network<Real>::Block {
  explicit Block(const model::NetworkConfig& config)
      : recurrence(config.recurrence_width), attention(config) {}

  Recurrence<Real> recurrence;
  Attention<Real> attention;
  std::vector<Real> normed, reciprocal;    // [d], one
  std::vector<Real> in;                    // rows of the first matrix
  std::vector<Real> mixed;                 // columns of the second
  std::vector<Real> normed2, reciprocal2;  // [d], one
  std::vector<Real> positive;              // [f]: max(W_1 n, 0)
  std::vector<Real> squared;               // [f]
};

template <class Real>
Network<Real>::Network(const model::NetworkConfig& config, const model::Layout& layout,
                       const model::ClassCut& cut)
    : config_(config), layout_(layout), embedding_(config, layout), output_(config.width, cut) {
  for (size_t i = 0; i < layout.blocks.size(); ++i) {
    blocks_.push_back(std::make_unique<Block>(config));
  }
}

template <class Real>
Network<Real>::~Network() = default;

template <class Real>
template <class Number>
OutputWeights<Number> Network<Real>::output_weights(Number* values) const {
  return {values + offset(layout_.class_rows), values + offset(layout_.class_bias),
          values + offset(layout_.token_rows), values + offset(layout_.token_bias)};
}

template <class Real>
template <class Number>
RecurrenceWeights<Number> Network<Real>::recurrence_weights(const model::BlockLayout& block,
                                                            Number* values) const {
  return {values + offset(block.taps), values + offset(block.bias), values + offset(block.gain)};
}

// A norm whose result enters a matrix.
template <class Real>
void Network<Real>::normalise(const Real* from, Real* to, Real* reciprocal, size_t n) const {
  norm_forward(n, config_.width, config_.width, from, to, reciprocal);
  if (quantised()) quantise(n * config_.width, static_cast<Real>(kNormStep), to);
}

template <class Real>
void Network<Real>::forward_block(const Batch& batch, const Real* weights, size_t index,
                                  NetworkState<Real>* state) {
  const model::BlockLayout& at = layout_.blocks[index];
  Block& block = *blocks_[index];
  const size_t n = batch.size();
  const size_t d = config_.width;
  const size_t f = config_.feed_forward;
  const size_t rows = layout_.parameters[at.in].rows;
  const size_t inner = layout_.parameters[at.out].columns;
  block.normed.resize(n * d);
  block.reciprocal.resize(n);
  block.in.resize(n * rows);
  block.mixed.resize(n * inner);
  normalise(stream_.data(), block.normed.data(), block.reciprocal.data(), n);
  multiply<Real>(n, rows, d, {block.normed.data(), d}, {weights + offset(at.in), d, true},
                 block.in.data(), rows, false);
  if (at.kind == BlockKind::kRecurrence) {
    block.recurrence.forward(batch, recurrence_weights(at, weights), block.in.data(),
                             &state->recurrences[index], block.mixed.data());
  } else {
    block.attention.set_quantised(quantised());
    block.attention.forward(batch, block.in.data(), &state->attentions[index], block.mixed.data());
  }
  if (quantised()) quantise(n * inner, step(index, 0), block.mixed.data());
  multiply<Real>(n, d, inner, {block.mixed.data(), inner}, {weights + offset(at.out), inner, true},
                 stream_.data(), d, true);

  block.normed2.resize(n * d);
  block.reciprocal2.resize(n);
  block.positive.resize(n * f);
  block.squared.resize(n * f);
  normalise(stream_.data(), block.normed2.data(), block.reciprocal2.data(), n);
  multiply<Real>(n, f, d, {block.normed2.data(), d}, {weights + offset(at.up), d, true},
                 block.positive.data(), f, false);
  Real* positive = block.positive.data();
  Real* squared = block.squared.data();
#pragma omp simd
  for (size_t i = 0; i < n * f; ++i) {
    positive[i] = positive[i] > Real(0) ? positive[i] : Real(0);
    squared[i] = positive[i] * positive[i];
  }
  if (quantised()) quantise(n * f, step(index, 1), squared);
  multiply<Real>(n, d, f, {squared, f}, {weights + offset(at.down), f, true}, stream_.data(), d,
                 true);
}

template <class Real>
void Network<Real>::forward(const Batch& batch, const Real* weights, NetworkState<Real>* state) {
  const size_t n = batch.size();
  const size_t d = config_.width;
  for (auto* rows : {&start_, &stream_, &last_}) rows->resize(n * d);
  for (auto* scalars : {&start_reciprocal_, &last_reciprocal_}) scalars->resize(n);
  embedding_.forward(batch, weights, start_.data());
  norm_forward(n, d, d, start_.data(), start_.data(), start_reciprocal_.data());
  stream_ = start_;
  for (size_t i = 0; i < blocks_.size(); ++i) forward_block(batch, weights, i, state);
  normalise(stream_.data(), last_.data(), last_reciprocal_.data(), n);
}

template <class Real>
void Network<Real>::backward_block(const Batch& batch, const Real* weights, size_t index,
                                   Real* grads) {
  const model::BlockLayout& at = layout_.blocks[index];
  Block& block = *blocks_[index];
  const size_t n = batch.size();
  const size_t d = config_.width;
  const size_t f = config_.feed_forward;
  const size_t rows = layout_.parameters[at.in].rows;
  const size_t inner = layout_.parameters[at.out].columns;
  const Real* d_stream = d_stream_.data();
  d_wide_.resize(std::max(d_wide_.size(), n * std::max(f, rows)));
  d_wide2_.resize(std::max(d_wide2_.size(), n * inner));
  d_narrow_.resize(n * d);
  Real* d_narrow = d_narrow_.data();
  Real* d_wide = d_wide_.data();

  multiply<Real>(n, f, d, {d_stream, d}, {weights + offset(at.down), f}, d_wide, f, false);
  multiply<Real>(d, f, n, {d_stream, d, true}, {block.squared.data(), f}, grads + offset(at.down),
                 f, true);
  if (quantised()) stop_saturated(n * f, step(index, 1), block.squared.data(), d_wide);
  const Real* positive = block.positive.data();
#pragma omp simd
  for (size_t i = 0; i < n * f; ++i) d_wide[i] *= Real(2) * positive[i];
  multiply<Real>(n, d, f, {d_wide, f}, {weights + offset(at.up), d}, d_narrow, d, false);
  multiply<Real>(f, d, n, {d_wide, f, true}, {block.normed2.data(), d}, grads + offset(at.up), d,
                 true);
  norm_backward(n, d, d, block.normed2.data(), block.reciprocal2.data(), d_narrow, d_stream_.data(),
                true);

  Real* d_mixed = d_wide2_.data();
  multiply<Real>(n, inner, d, {d_stream, d}, {weights + offset(at.out), inner}, d_mixed, inner,
                 false);
  multiply<Real>(d, inner, n, {d_stream, d, true}, {block.mixed.data(), inner},
                 grads + offset(at.out), inner, true);
  if (quantised()) stop_saturated(n * inner, step(index, 0), block.mixed.data(), d_mixed);
  if (at.kind == BlockKind::kRecurrence) {
    block.recurrence.backward(batch, recurrence_weights(at, weights), block.in.data(), d_mixed,
                              d_wide, recurrence_weights(at, grads));
  } else {
    block.attention.backward(batch, block.in.data(), d_mixed, d_wide);
  }
  multiply<Real>(n, d, rows, {d_wide, rows}, {weights + offset(at.in), d}, d_narrow, d, false);
  multiply<Real>(rows, d, n, {d_wide, rows, true}, {block.normed.data(), d}, grads + offset(at.in),
                 d, true);
  norm_backward(n, d, d, block.normed.data(), block.reciprocal.data(), d_narrow, d_stream_.data(),
                true);
}

template <class Real>
std::vector<float> Network<Real>::measure_steps(const Batch& batch, std::span<const Real> weights,
                                                NetworkState<Real> state) {
  steps_.clear();
  forward(batch, weights.data(), &state);
  std::vector<float> steps;
  for (const auto& block : blocks_) {
    steps.push_back(static_cast<float>(best_step(block->mixed.size(), block->mixed.data())));
    steps.push_back(static_cast<float>(best_step(block->squared.size(), block->squared.data())));
  }
  return steps;
}

template <class Real>
double Network<Real>::silent_share() const {
  const size_t f = config_.feed_forward;
  size_t silent = 0;
  std::vector<bool> raised(f);
  for (const auto& block : blocks_) {
    raised.assign(f, false);
    for (size_t i = 0; i < block->positive.size(); ++i) {
      if (block->positive[i] > 0) raised[i % f] = true;
    }
    silent += static_cast<size_t>(std::count(raised.begin(), raised.end(), false));
  }
  return static_cast<double>(silent) / static_cast<double>(f * blocks_.size());
}

template <class Real>
double Network<Real>::loss(const Batch& batch, std::span<const Real> weights,
                           NetworkState<Real>* state) {
  forward(batch, weights.data(), state);
  return output_.loss(batch.size(), batch.target.data(), output_weights(weights.data()),
                      last_.data());
}

template <class Real>
double Network<Real>::loss_and_gradients(const Batch& batch, std::span<const Real> weights,
                                         NetworkState<Real>* state, Real scale,
                                         Gradients<Real>* grads) {
  forward(batch, weights.data(), state);
  const size_t n = batch.size();
  const size_t d = config_.width;
  d_stream_.resize(n * d);
  const double loss = output_.loss_and_gradients(
      n, batch.target.data(), output_weights(weights.data()), last_.data(), scale, d_stream_.data(),
      output_weights(grads->values.data()));
  norm_backward(n, d, d, last_.data(), last_reciprocal_.data(), d_stream_.data(), d_stream_.data(),
                false);
  for (size_t i = blocks_.size(); i-- > 0;) {
    backward_block(batch, weights.data(), i, grads->values.data());
  }
  norm_backward(n, d, d, start_.data(), start_reciprocal_.data(), d_stream_.data(),
                d_stream_.data(), false);
  embedding_.backward(batch, weights.data(), d_stream_.data(), grads);
  return loss;
}

template struct NetworkState<float>;
template struct NetworkState<double>;
template class Network<float>;
template class Network<double>;

}  // namespace pith::train
