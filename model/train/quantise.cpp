#include "model/train/quantise.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace pith::train {
namespace {

void quantise_row(size_t n, const float* from, float* to) {
  float most = 0;
#pragma omp simd reduction(max : most)
  for (size_t i = 0; i < n; ++i) {
    const float size = from[i] < 0 ? -from[i] : from[i];
    most = size > most ? size : most;
  }
  std::copy_n(from, n, to);
  if (most > 0) quantise(n, most / kQuantisedMax, to);
}

}  // namespace

template <class Real>
void quantise(size_t n, Real step, Real* x) {
  constexpr auto kMost = static_cast<Real>(kQuantisedMax);
  const Real scale = Real(1) / step;
#pragma omp simd
  for (size_t i = 0; i < n; ++i) {
    Real q = std::floor(x[i] * scale + Real(0.5));
    q = q > kMost ? kMost : q;
    q = q < -kMost ? -kMost : q;
    x[i] = q * step;
  }
}

template <class Real>
void stop_saturated(size_t n, Real step, const Real* x, Real* grads) {
  const Real limit = (static_cast<Real>(kQuantisedMax) - Real(0.5)) * step;
#pragma omp simd
  for (size_t i = 0; i < n; ++i) {
    grads[i] = x[i] < limit && x[i] > -limit ? grads[i] : Real(0);
  }
}

template <class Real>
Real best_step(size_t n, const Real* x) {
  Real most = 0;
  for (size_t i = 0; i < n; ++i) most = std::max(most, std::abs(x[i]));
  if (most == 0) return 1;
  constexpr Real kShrink = Real(0.84);  // a quarter of an octave
  constexpr int kCandidates = 24;
  std::vector<Real> rounded(n);
  Real best = 0;
  double least = 0;
  Real step = most / static_cast<Real>(kQuantisedMax);
  for (int candidate = 0; candidate < kCandidates; ++candidate) {
    std::copy_n(x, n, rounded.begin());
    quantise(n, step, rounded.data());
    double error = 0;
    for (size_t i = 0; i < n; ++i) {
      const auto difference = static_cast<double>(rounded[i] - x[i]);
      error += difference * difference;
    }
    if (candidate == 0 || error < least) {
      least = error;
      best = step;
    }
    step *= kShrink;
  }
  return best;
}

void quantise_weights(const model::Layout& layout, std::span<const float> weights, size_t first,
                      size_t stride, std::span<float> quantised) {
  for (size_t i = first; i < layout.parameters.size(); i += stride) {
    const model::Parameter& parameter = layout.parameters[i];
    const float* from = weights.data() + parameter.offset;
    float* to = quantised.data() + parameter.offset;
    const bool hashed = parameter.kind == model::ParameterKind::kEmbedding && i != layout.embedding;
    if (parameter.kind == model::ParameterKind::kVector || hashed) {
      std::copy_n(from, parameter.size(), to);
      if (hashed) quantise(parameter.size(), kNgramStep, to);
      continue;
    }
    for (size_t row = 0; row < parameter.rows; ++row) {
      quantise_row(parameter.columns, from + row * parameter.columns, to + row * parameter.columns);
    }
  }
}

template void quantise<float>(size_t, float, float*);
template void quantise<double>(size_t, double, double*);
template float best_step<float>(size_t, const float*);
template double best_step<double>(size_t, const double*);
template void stop_saturated<float>(size_t, float, const float*, float*);
template void stop_saturated<double>(size_t, double, const double*, double*);

}  // namespace pith::train
