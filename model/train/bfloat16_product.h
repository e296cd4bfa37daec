// Products of float matrices on AVX-512 BF16: inputs rounded to bfloat16, sums in float32.
//
// OpenBLAS as distributed has no such kernel for these processors. Zen 4 does twice as many of
// these multiply-adds a cycle as of float ones.
#pragma once

#include <cstddef>

#include "model/train/matrix_product.h"

namespace pith::train {

// True where multiply_bfloat16() can be called: built for and running on a processor that has it.
[[nodiscard]] bool has_bfloat16_products();

// As multiply<float>.
void multiply_bfloat16(size_t m, size_t n, size_t k, Operand<float> a, Operand<float> b, float* c,
                       size_t c_stride, bool accumulate);

}  // namespace pith::train
