#include "model/train/attention.h"

#include <algorithm>
#include <cmath>

#include "model/train/elementwise.h"
#include "model/train/matrix_product.h"
#include "model/train/norm.h"
#include "model/train/quantise.h"

namespace pith::train {
namespace {

constexpr double kRotaryBase = 10000;

}  // namespace

template <class Real>
void AttentionState<Real>::resize(size_t streams, const model::NetworkConfig& config) {
  const size_t size = streams * (config.window - 1) * config.kv_heads * config.head_width;
  keys.assign(size, Real(0));
  values.assign(size, Real(0));
}

template <class Real>
Attention<Real>::Attention(const model::NetworkConfig& config)
    : heads_(config.heads),
      kv_heads_(config.kv_heads),
      width_(config.head_width),
      window_(config.window),
      carried_(config.window - 1) {}

template <class Real>
void Attention<Real>::rotate(size_t rows, size_t heads, size_t stride, size_t first_place,
                             bool inverse, Real* data) {
  const size_t half = width_ / 2;
  const Real sign = inverse ? Real(-1) : Real(1);
  for (size_t i = 0; i < rows; ++i) {
    const Real* cosine = turns_.data() + (first_place + i) * width_;
    const Real* sine = cosine + half;
    for (size_t head = 0; head < heads; ++head) {
      Real* low = data + i * stride + head * width_;
      Real* high = low + half;
#pragma omp simd
      for (size_t c = 0; c < half; ++c) {
        const Real x = low[c];
        const Real y = high[c];
        low[c] = x * cosine[c] - sign * y * sine[c];
        high[c] = y * cosine[c] + sign * x * sine[c];
      }
    }
  }
}

// The stream's carried and new keys and values, one after the other; the keys rotated. Only
// differences of places matter, so places count from the first carried key.
template <class Real>
void Attention<Real>::gather(const Batch& batch, size_t stream, const Real* in,
                             const AttentionState<Real>& state) {
  const size_t kv = kv_heads_ * width_;
  const size_t row = (heads_ + 2 * kv_heads_) * width_;
  const size_t places = carried_ + batch.steps;
  Real* values = values_.data() + stream * places * kv;
  plain_keys_.resize(places * kv);
  const auto from = static_cast<std::ptrdiff_t>(stream * carried_ * kv);
  std::copy_n(state.keys.begin() + from, carried_ * kv, plain_keys_.begin());
  std::copy_n(state.values.begin() + from, carried_ * kv, values);
  for (size_t t = 0; t < batch.steps; ++t) {
    const Real* key = in + (stream * batch.steps + t) * row + heads_ * width_;
    std::copy_n(key, kv, plain_keys_.begin() + static_cast<std::ptrdiff_t>((carried_ + t) * kv));
    std::copy_n(key + kv, kv, values + (carried_ + t) * kv);
  }
  Real* keys = keys_.data() + stream * places * kv;
  std::copy(plain_keys_.begin(), plain_keys_.end(), keys);
  rotate(places, kv_heads_, kv, 0, false, keys);
  if (quantised_) {
    quantise(places * kv, static_cast<Real>(kNormStep), keys);
    quantise(places * kv, static_cast<Real>(kNormStep), values);
  }
}

template <class Real>
void Attention<Real>::keep(const Batch& batch, size_t stream, AttentionState<Real>* state) const {
  const size_t kv = kv_heads_ * width_;
  const size_t places = carried_ + batch.steps;
  const auto to = static_cast<std::ptrdiff_t>(stream * carried_ * kv);
  std::copy_n(plain_keys_.data() + batch.steps * kv, carried_ * kv, state->keys.begin() + to);
  std::copy_n(values_.data() + (stream * places + batch.steps) * kv, carried_ * kv,
              state->values.begin() + to);
}

// scores [steps][carried + steps] of one head become weights: zero outside of the window and the
// text.
template <class Real>
void Attention<Real>::softmax(const Batch& batch, size_t stream, Real* scores) const {
  const size_t places = carried_ + batch.steps;
  const Real scale = Real(1) / std::sqrt(static_cast<Real>(width_));
  for (size_t t = 0; t < batch.steps; ++t) {
    Real* row = scores + t * places;
    const size_t back = std::min<size_t>(carried_, batch.since[stream * batch.steps + t]);
    const size_t first = carried_ + t - back;
    const size_t end = carried_ + t + 1;
    Real sum = 0;
    // Normalised queries and keys: a score is at most sqrt(c), no maximum need be taken off.
#pragma omp simd reduction(+ : sum)
    for (size_t j = first; j < end; ++j) {
      row[j] = exp_of(row[j] * scale);
      sum += row[j];
    }
    std::fill(row, row + first, Real(0));
    std::fill(row + end, row + places, Real(0));
    const Real share = Real(1) / sum;
#pragma omp simd
    for (size_t j = first; j < end; ++j) row[j] *= share;
  }
}

template <class Real>
void Attention<Real>::forward(const Batch& batch, Real* in, AttentionState<Real>* state,
                              Real* out) {
  const size_t kv = kv_heads_ * width_;
  const size_t all = heads_ * width_;
  const size_t row = all + 2 * kv;
  const size_t places = carried_ + batch.steps;
  if (turns_.size() < places * width_) {
    turns_.resize(places * width_);
    const size_t half = width_ / 2;
    for (size_t place = 0; place < places; ++place) {
      for (size_t pair = 0; pair < half; ++pair) {
        const double speed =
            std::pow(kRotaryBase, -static_cast<double>(pair) / static_cast<double>(half));
        const double angle = static_cast<double>(place) * speed;
        turns_[place * width_ + pair] = static_cast<Real>(std::cos(angle));
        turns_[place * width_ + half + pair] = static_cast<Real>(std::sin(angle));
      }
    }
  }
  reciprocal_.resize((heads_ + 2 * kv_heads_) * batch.size());
  for (size_t head = 0; head < heads_ + 2 * kv_heads_; ++head) {
    Real* channels = in + head * width_;
    norm_forward(batch.size(), width_, row, channels, channels,
                 reciprocal_.data() + head * batch.size());
  }
  queries_.resize(batch.size() * all);
  keys_.resize(batch.streams * places * kv);
  values_.resize(batch.streams * places * kv);
  weights_.resize(batch.streams * heads_ * batch.steps * places);
  for (size_t s = 0; s < batch.streams; ++s) {
    gather(batch, s, in, *state);
    Real* queries = queries_.data() + s * batch.steps * all;
    for (size_t t = 0; t < batch.steps; ++t) {
      std::copy_n(in + (s * batch.steps + t) * row, all, queries + t * all);
    }
    rotate(batch.steps, heads_, all, carried_, false, queries);
    if (quantised_) quantise(batch.steps * all, static_cast<Real>(kNormStep), queries);
    for (size_t head = 0; head < heads_; ++head) {
      const size_t shared = head / (heads_ / kv_heads_) * width_;
      Real* scores = weights_.data() + (s * heads_ + head) * batch.steps * places;
      multiply<Real>(batch.steps, places, width_, {queries + head * width_, all},
                     {keys_.data() + s * places * kv + shared, kv, true}, scores, places, false);
      softmax(batch, s, scores);
      multiply<Real>(batch.steps, width_, places, {scores, places},
                     {values_.data() + s * places * kv + shared, kv},
                     out + s * batch.steps * all + head * width_, all, false);
    }
    keep(batch, s, state);
  }
}

template <class Real>
void Attention<Real>::backward(const Batch& batch, const Real* in, const Real* d_out, Real* d_in) {
  const size_t kv = kv_heads_ * width_;
  const size_t all = heads_ * width_;
  const size_t row = all + 2 * kv;
  const size_t places = carried_ + batch.steps;
  const Real scale = Real(1) / std::sqrt(static_cast<Real>(width_));
  std::vector<Real> d_scores(batch.steps * places);
  std::vector<Real> d_queries(batch.steps * all);
  std::vector<Real> d_keys(places * kv);
  std::vector<Real> d_values(places * kv);
  for (size_t s = 0; s < batch.streams; ++s) {
    std::fill(d_keys.begin(), d_keys.end(), Real(0));
    std::fill(d_values.begin(), d_values.end(), Real(0));
    for (size_t head = 0; head < heads_; ++head) {
      const size_t shared = head / (heads_ / kv_heads_) * width_;
      const Real* weights = weights_.data() + (s * heads_ + head) * batch.steps * places;
      const Operand<Real> dy = {d_out + s * batch.steps * all + head * width_, all};
      multiply<Real>(places, width_, batch.steps, {weights, places, true}, dy,
                     d_values.data() + shared, kv, true);
      multiply<Real>(batch.steps, places, width_, dy,
                     {values_.data() + s * places * kv + shared, kv, true}, d_scores.data(), places,
                     false);
      for (size_t t = 0; t < batch.steps; ++t) {
        const Real* weight = weights + t * places;
        Real* d = d_scores.data() + t * places;
        Real mean = 0;
#pragma omp simd reduction(+ : mean)
        for (size_t j = 0; j < places; ++j) mean += weight[j] * d[j];
#pragma omp simd
        for (size_t j = 0; j < places; ++j) d[j] = weight[j] * (d[j] - mean) * scale;
      }
      multiply<Real>(batch.steps, width_, places, {d_scores.data(), places},
                     {keys_.data() + s * places * kv + shared, kv},
                     d_queries.data() + head * width_, all, false);
      multiply<Real>(places, width_, batch.steps, {d_scores.data(), places, true},
                     {queries_.data() + s * batch.steps * all + head * width_, all},
                     d_keys.data() + shared, kv, true);
    }
    rotate(batch.steps, heads_, all, carried_, true, d_queries.data());
    rotate(places, kv_heads_, kv, 0, true, d_keys.data());
    for (size_t t = 0; t < batch.steps; ++t) {
      Real* d = d_in + (s * batch.steps + t) * row;
      std::copy_n(d_queries.data() + t * all, all, d);
      std::copy_n(d_keys.data() + (carried_ + t) * kv, kv, d + all);
      std::copy_n(d_values.data() + (carried_ + t) * kv, kv, d + all + kv);
    }
  }
  for (size_t head = 0; head < heads_ + 2 * kv_heads_; ++head) {
    norm_backward(batch.size(), width_, row, in + head * width_,
                  reciprocal_.data() + head * batch.size(), d_in + head * width_,
                  d_in + head * width_, false);
  }
}

template struct AttentionState<float>;
template struct AttentionState<double>;
template class Attention<float>;
template class Attention<double>;

}  // namespace pith::train
