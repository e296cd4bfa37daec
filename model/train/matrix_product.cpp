#include "model/train/matrix_product.h"

#include <cblas.h>

#include <atomic>

#include "model/train/bfloat16_product.h"

namespace pith::train {
namespace {

std::atomic<Precision> float_precision = Precision::kFloat32;

CBLAS_TRANSPOSE form(bool transposed) { return transposed ? CblasTrans : CblasNoTrans; }

blasint narrow(size_t n) { return static_cast<blasint>(n); }

}  // namespace

template <>
void multiply<float>(size_t m, size_t n, size_t k, Operand<float> a, Operand<float> b, float* c,
                     size_t c_stride, bool accumulate) {
  if (float_precision.load(std::memory_order_relaxed) == Precision::kBfloat16) {
    multiply_bfloat16(m, n, k, a, b, c, c_stride, accumulate);
    return;
  }
  cblas_sgemm(CblasRowMajor, form(a.transposed), form(b.transposed), narrow(m), narrow(n),
              narrow(k), 1.0f, a.data, narrow(a.stride), b.data, narrow(b.stride),
              accumulate ? 1.0f : 0.0f, c, narrow(c_stride));
}

template <>
void multiply<double>(size_t m, size_t n, size_t k, Operand<double> a, Operand<double> b, double* c,
                      size_t c_stride, bool accumulate) {
  cblas_dgemm(CblasRowMajor, form(a.transposed), form(b.transposed), narrow(m), narrow(n),
              narrow(k), 1.0, a.data, narrow(a.stride), b.data, narrow(b.stride),
              accumulate ? 1.0 : 0.0, c, narrow(c_stride));
}

bool set_precision(Precision precision) {
  if (precision == Precision::kBfloat16 && !has_bfloat16_products()) return false;
  float_precision.store(precision, std::memory_order_relaxed);
  return true;
}

Precision precision() { return float_precision.load(std::memory_order_relaxed); }

void use_caller_thread_alone() { openblas_set_num_threads(1); }

}  // namespace pith::train
