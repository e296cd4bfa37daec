#include "model/train/orthogonalise.h"

#include <algorithm>
#include <cmath>

#include "model/train/matrix_product.h"

namespace pith::train {
namespace {

constexpr int kIterations = 5;
constexpr float kA = 3.4445f;
constexpr float kB = -4.7750f;
constexpr float kC = 2.0315f;

// to [columns][rows] = the transpose of from [rows][columns].
void transpose(size_t rows, size_t columns, const float* from, float* to) {
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns; ++j) to[j * rows + i] = from[i * columns + j];
  }
}

}  // namespace

void Orthogonaliser::run(size_t rows, size_t columns, float* x) {
  const size_t size = rows * columns;
  double sum = 0;
  for (size_t i = 0; i < size; ++i) sum += double{x[i]} * double{x[i]};
  if (!(sum > 0)) return;
  const bool tall = rows > columns;
  const size_t small = std::min(rows, columns);
  const size_t large = std::max(rows, columns);
  wide_.resize(size);
  gram_.resize(small * small);
  factor_.resize(small * small);
  if (tall) {
    transpose(rows, columns, x, wide_.data());
  } else {
    std::copy_n(x, size, wide_.data());
  }
  const auto scale = static_cast<float>(1 / std::sqrt(sum));
  for (float& value : wide_) value *= scale;
  const Operand<float> iterate = {wide_.data(), large};
  const Operand<float> transposed = {wide_.data(), large, true};
  const Operand<float> gram = {gram_.data(), small};
  for (int i = 0; i < kIterations; ++i) {
    // X <- a X + (b G + c G^2) X with G = X X^T
    multiply<float>(small, small, large, iterate, transposed, gram_.data(), small, false);
    multiply<float>(small, small, small, gram, gram, factor_.data(), small, false);
    for (size_t j = 0; j < factor_.size(); ++j) factor_[j] = kB * gram_[j] + kC * factor_[j];
    for (size_t j = 0; j < small; ++j) factor_[j * small + j] += kA;
    std::copy_n(wide_.data(), size, x);
    multiply<float>(small, large, small, {factor_.data(), small}, {x, large}, wide_.data(), large,
                    false);
  }
  if (tall) {
    transpose(columns, rows, wide_.data(), x);
  } else {
    std::copy_n(wide_.data(), size, x);
  }
}

}  // namespace pith::train
