#include "model/train/output.h"

#include <algorithm>
#include <cmath>

#include "model/train/elementwise.h"
#include "model/train/matrix_product.h"

namespace pith::train {
namespace {

// Turns the n products of a row into logits, and returns -ln of the softmax at target. With scale
// not 0 the row becomes scale times the gradient of that by the products.
template <class Real>
double softmax_row(size_t n, Real* row, const Real* bias, size_t target, Real scale) {
  constexpr auto kCap = static_cast<Real>(model::kLogitCap);
  Real sum = 0;
  // Logits are at most 15, so exponentials can be summed as they are.
#pragma omp simd reduction(+ : sum)
  for (size_t i = 0; i < n; ++i) {
    row[i] = kCap * tanh_of((row[i] + bias[i]) / kCap);
    sum += exp_of(row[i]);
  }
  const double loss = std::log(static_cast<double>(sum)) - static_cast<double>(row[target]);
  if (scale == Real(0)) return loss;
  const Real share = Real(1) / sum;
  const Real at_target = row[target];
#pragma omp simd
  for (size_t i = 0; i < n; ++i) {
    const Real slope = Real(1) - row[i] * row[i] / (kCap * kCap);
    row[i] = scale * exp_of(row[i]) * share * slope;
  }
  row[target] -= scale * (Real(1) - at_target * at_target / (kCap * kCap));
  return loss;
}

template <class Real>
void add_rows(size_t n, size_t width, const Real* rows, Real* sum) {
  for (size_t i = 0; i < n; ++i) {
#pragma omp simd
    for (size_t c = 0; c < width; ++c) sum[c] += rows[i * width + c];
  }
}

}  // namespace

template <class Real>
Output<Real>::Output(size_t width, const model::ClassCut& cut)
    : width_(width), cut_(cut), class_of_(cut.begin.back()) {
  for (uint32_t c = 0; c < cut_.classes(); ++c) {
    std::fill(class_of_.begin() + cut_.begin[c], class_of_.begin() + cut_.begin[c + 1],
              static_cast<uint16_t>(c));
  }
}

template <class Real>
double Output<Real>::classes(size_t n, const uint16_t* targets,
                             const OutputWeights<const Real>& weights, const Real* x, Real scale,
                             Real* dx, const OutputWeights<Real>* grads) {
  const size_t count = cut_.classes();
  logits_.resize(n * count);
  multiply<Real>(n, count, width_, {x, width_}, {weights.class_rows, width_, true}, logits_.data(),
                 count, false);
  double loss = 0;
  for (size_t i = 0; i < n; ++i) {
    loss += softmax_row(count, logits_.data() + i * count, weights.class_bias,
                        class_of_[targets[i]], scale);
  }
  if (grads == nullptr) return loss;
  multiply<Real>(n, width_, count, {logits_.data(), count}, {weights.class_rows, width_}, dx,
                 width_, false);
  multiply<Real>(count, width_, n, {logits_.data(), count, true}, {x, width_}, grads->class_rows,
                 width_, true);
  add_rows(n, count, logits_.data(), grads->class_bias);
  return loss;
}

template <class Real>
double Output<Real>::tokens(size_t n, const uint16_t* targets,
                            const OutputWeights<const Real>& weights, const Real* x, Real scale,
                            Real* dx, const OutputWeights<Real>* grads) {
  // Counting sort of the places by class: each class is one small product.
  starts_.assign(cut_.classes() + 1, 0);
  for (size_t i = 0; i < n; ++i) ++starts_[class_of_[targets[i]] + size_t{1}];
  for (size_t c = 0; c < cut_.classes(); ++c) starts_[c + 1] += starts_[c];
  order_.resize(n);
  for (size_t i = n; i-- > 0;)
    order_[--starts_[class_of_[targets[i]] + size_t{1}]] = static_cast<uint32_t>(i);
  // Now starts_[c + 1] is where class c starts.
  double loss = 0;
  for (size_t c = 0; c < cut_.classes(); ++c) {
    const size_t begin = starts_[c + 1];
    const size_t end = c + 2 < starts_.size() ? starts_[c + 2] : n;
    const size_t rows = end - begin;
    const size_t size = cut_.size(static_cast<uint32_t>(c));
    if (rows == 0 || size == 1) continue;
    const size_t first = cut_.begin[c];
    logits_.resize(std::max(logits_.size(), rows * size));
    gathered_.resize(rows * width_);
    for (size_t i = 0; i < rows; ++i) {
      std::copy_n(x + order_[begin + i] * width_, width_, gathered_.data() + i * width_);
    }
    multiply<Real>(rows, size, width_, {gathered_.data(), width_},
                   {weights.token_rows + first * width_, width_, true}, logits_.data(), size,
                   false);
    for (size_t i = 0; i < rows; ++i) {
      loss += softmax_row(size, logits_.data() + i * size, weights.token_bias + first,
                          targets[order_[begin + i]] - first, scale);
    }
    if (grads == nullptr) continue;
    d_gathered_.resize(rows * width_);
    multiply<Real>(rows, width_, size, {logits_.data(), size},
                   {weights.token_rows + first * width_, width_}, d_gathered_.data(), width_,
                   false);
    for (size_t i = 0; i < rows; ++i) {
      add_rows(1, width_, d_gathered_.data() + i * width_, dx + order_[begin + i] * width_);
    }
    multiply<Real>(size, width_, rows, {logits_.data(), size, true}, {gathered_.data(), width_},
                   grads->token_rows + first * width_, width_, true);
    add_rows(rows, size, logits_.data(), grads->token_bias + first);
  }
  return loss;
}

template <class Real>
double Output<Real>::loss(size_t n, const uint16_t* targets,
                          const OutputWeights<const Real>& weights, const Real* x) {
  return classes(n, targets, weights, x, Real(0), nullptr, nullptr) +
         tokens(n, targets, weights, x, Real(0), nullptr, nullptr);
}

template <class Real>
double Output<Real>::loss_and_gradients(size_t n, const uint16_t* targets,
                                        const OutputWeights<const Real>& weights, const Real* x,
                                        Real scale, Real* dx, const OutputWeights<Real>& grads) {
  const double class_loss = classes(n, targets, weights, x, scale, dx, &grads);
  return class_loss + tokens(n, targets, weights, x, scale, dx, &grads);
}

template class Output<float>;
template class Output<double>;

}  // namespace pith::train
