#include "model/train/embedding.h"

#include <algorithm>

#include "model/train/matrix_product.h"

namespace pith::train {
namespace {

template <class Real>
void add_to(size_t n, const Real* from, Real* to) {
#pragma omp simd
  for (size_t i = 0; i < n; ++i) to[i] += from[i];
}

}  // namespace

template <class Real>
void Embedding<Real>::forward(const Batch& batch, const Real* weights, Real* x) {
  const size_t d = config_.width;
  const size_t w = config_.ngram_width;
  const Real* table = weights + offset(layout_.embedding);
  for (size_t i = 0; i < batch.size(); ++i) {
    std::copy_n(table + batch.input[i] * d, d, x + i * d);
  }
  if (config_.ngram_rows == 0) return;
  rows2_.resize(batch.size());
  rows3_.resize(batch.size());
  hashed_.resize(batch.size() * 2 * w);
  for (size_t i = 0; i < batch.size(); ++i) {
    rows2_[i] = model::ngram_row2(config_.ngram_rows, batch.input2[i], batch.input[i]);
    rows3_[i] =
        model::ngram_row3(config_.ngram_rows, batch.input3[i], batch.input2[i], batch.input[i]);
    std::copy_n(weights + offset(layout_.ngram2) + rows2_[i] * w, w, hashed_.data() + 2 * i * w);
    std::copy_n(weights + offset(layout_.ngram3) + rows3_[i] * w, w,
                hashed_.data() + (2 * i + 1) * w);
  }
  multiply<Real>(batch.size(), d, 2 * w, {hashed_.data(), 2 * w},
                 {weights + offset(layout_.ngram_project), 2 * w, true}, x, d, true);
}

template <class Real>
void Embedding<Real>::backward(const Batch& batch, const Real* weights, const Real* dx,
                               Gradients<Real>* grads) {
  const size_t d = config_.width;
  const size_t w = config_.ngram_width;
  Real* table = grads->values.data() + offset(layout_.embedding);
  for (size_t i = 0; i < batch.size(); ++i) {
    grads->touched[layout_.embedding].add(batch.input[i]);
    add_to(d, dx + i * d, table + batch.input[i] * d);
  }
  if (config_.ngram_rows == 0) return;
  const size_t project = offset(layout_.ngram_project);
  d_hashed_.resize(batch.size() * 2 * w);
  multiply<Real>(batch.size(), 2 * w, d, {dx, d}, {weights + project, 2 * w}, d_hashed_.data(),
                 2 * w, false);
  multiply<Real>(d, 2 * w, batch.size(), {dx, d, true}, {hashed_.data(), 2 * w},
                 grads->values.data() + project, 2 * w, true);
  for (size_t i = 0; i < batch.size(); ++i) {
    grads->touched[layout_.ngram2].add(rows2_[i]);
    grads->touched[layout_.ngram3].add(rows3_[i]);
    add_to(w, d_hashed_.data() + 2 * i * w,
           grads->values.data() + offset(layout_.ngram2) + rows2_[i] * w);
    add_to(w, d_hashed_.data() + (2 * i + 1) * w,
           grads->values.data() + offset(layout_.ngram3) + rows3_[i] * w);
  }
}

template class Embedding<float>;
template class Embedding<double>;

}  // namespace pith::train
