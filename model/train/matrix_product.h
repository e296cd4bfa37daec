// C = A B or C += A B, single-threaded: what nearly all of the training's arithmetic goes through.
#pragma once

#include <cstddef>

namespace pith::train {

// A row-major matrix, or the transpose of one.
template <class Real>
struct Operand {
  const Real* data;
  size_t stride;  // elements from a row to the next, as stored
  bool transposed = false;
};

// Arithmetic of the products of floats. kBfloat16 rounds the inputs to bfloat16 and sums in
// float32.
enum class Precision { kFloat32, kBfloat16 };

// c [m][n], stride c_stride, becomes (accumulate ? c : 0) + a [m][k] * b [k][n]; shapes after
// transposition. Any number of threads may call it at once. m, n, k may not be 0.
template <class Real>
void multiply(size_t m, size_t n, size_t k, Operand<Real> a, Operand<Real> b, Real* c,
              size_t c_stride, bool accumulate);

// For all later products of floats in the process. Returns false, and changes nothing, where the
// processor has no instructions for it.
[[nodiscard]] bool set_precision(Precision precision);

[[nodiscard]] Precision precision();

// One call at program start: products shall use the caller's thread alone.
void use_caller_thread_alone();

}  // namespace pith::train
