// What enters the network: the token's row, plus the projected rows of the last two and three
// tokens (docs/network.md, section 2).
#pragma once

#include <cstddef>
#include <vector>

#include "model/train/batch.h"
#include "model/train/gradients.h"

namespace pith::train {

template <class Real>
class Embedding {
 public:
  Embedding(const model::NetworkConfig& config, const model::Layout& layout)
      : config_(config), layout_(layout) {}

  // x [size][d], before its norm. Tables come quantised if they are to be.
  void forward(const Batch& batch, const Real* weights, Real* x);

  // For the last forward().
  void backward(const Batch& batch, const Real* weights, const Real* dx, Gradients<Real>* grads);

 private:
  [[nodiscard]] size_t offset(size_t parameter) const {
    return layout_.parameters[parameter].offset;
  }

  const model::NetworkConfig& config_;
  const model::Layout& layout_;
  std::vector<uint32_t> rows2_, rows3_;  // [size]: rows of the hashed tables
  std::vector<Real> hashed_;             // [size][2w]
  std::vector<Real> d_hashed_;
};

}  // namespace pith::train
