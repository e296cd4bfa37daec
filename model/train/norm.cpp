#include "model/train/norm.h"

#include <cmath>

#include "model/network_config.h"

namespace pith::train {

template <class Real>
void norm_forward(size_t n, size_t width, size_t stride, const Real* x, Real* y, Real* reciprocal) {
  for (size_t i = 0; i < n; ++i) {
    const Real* from = x + i * stride;
    Real* to = y + i * stride;
    Real sum = 0;
#pragma omp simd reduction(+ : sum)
    for (size_t c = 0; c < width; ++c) sum += from[c] * from[c];
    const Real r = Real(1) / std::sqrt(sum / static_cast<Real>(width) + Real(model::kNormEpsilon));
#pragma omp simd
    for (size_t c = 0; c < width; ++c) to[c] = from[c] * r;
    reciprocal[i] = r;
  }
}

template <class Real>
void norm_backward(size_t n, size_t width, size_t stride, const Real* y, const Real* reciprocal,
                   const Real* dy, Real* dx, bool accumulate) {
  for (size_t i = 0; i < n; ++i) {
    const Real* row = y + i * stride;
    const Real* from = dy + i * stride;
    Real* to = dx + i * stride;
    Real dot = 0;
#pragma omp simd reduction(+ : dot)
    for (size_t c = 0; c < width; ++c) dot += row[c] * from[c];
    const Real r = reciprocal[i];
    const Real mean = dot / static_cast<Real>(width);
#pragma omp simd
    for (size_t c = 0; c < width; ++c) {
      const Real before = accumulate ? to[c] : Real(0);
      to[c] = before + r * (from[c] - row[c] * mean);
    }
  }
}

template void norm_forward<float>(size_t, size_t, size_t, const float*, float*, float*);
template void norm_forward<double>(size_t, size_t, size_t, const double*, double*, double*);
template void norm_backward<float>(size_t, size_t, size_t, const float*, const float*, const float*,
                                   float*, bool);
template void norm_backward<double>(size_t, size_t, size_t, const double*, const double*,
                                    const double*, double*, bool);

}  // namespace pith::train
