// Root mean square normalisation without gain, row by row (Zhang and Sennrich 2019).
#pragma once

#include <cstddef>

namespace pith::train {

// y [n][width] = x scaled to mean square 1; reciprocal [n] is what each row was multiplied by.
// y may be x. The rows of x and y are stride elements apart.
template <class Real>
void norm_forward(size_t n, size_t width, size_t stride, const Real* x, Real* y, Real* reciprocal);

// dx = (accumulate ? dx : 0) + the gradient by x, from dy = the gradient by y. dy may be dx if not
// accumulating.
template <class Real>
void norm_backward(size_t n, size_t width, size_t stride, const Real* y, const Real* reciprocal,
                   const Real* dy, Real* dx, bool accumulate);

}  // namespace pith::train
