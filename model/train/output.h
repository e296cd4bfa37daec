// The two-level output: a softmax over classes, one over the tokens of the target's class
// (docs/network.md, section 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/network_config.h"

namespace pith::train {

// The parameters, or their gradients.
template <class Real>
struct OutputWeights {
  Real* class_rows;  // [C][d]
  Real* class_bias;  // [C]
  Real* token_rows;  // [V][d]
  Real* token_bias;  // [V]
};

template <class Real>
class Output {
 public:
  Output(size_t width, const model::ClassCut& cut);

  // Returns the sum over the n targets of -ln P(target), in nats. x [n][d].
  double loss(size_t n, const uint16_t* targets, const OutputWeights<const Real>& weights,
              const Real* x);

  // The same; also dx [n][d] = scale times the gradient of that sum by x, and adds scale times
  // those by the parameters to grads.
  double loss_and_gradients(size_t n, const uint16_t* targets,
                            const OutputWeights<const Real>& weights, const Real* x, Real scale,
                            Real* dx, const OutputWeights<Real>& grads);

 private:
  double classes(size_t n, const uint16_t* targets, const OutputWeights<const Real>& weights,
                 const Real* x, Real scale, Real* dx, const OutputWeights<Real>* grads);
  double tokens(size_t n, const uint16_t* targets, const OutputWeights<const Real>& weights,
                const Real* x, Real scale, Real* dx, const OutputWeights<Real>* grads);

  size_t width_;
  model::ClassCut cut_;
  std::vector<uint16_t> class_of_;  // [V]
  std::vector<Real> logits_;        // [n][C], then [targets in a class][tokens of it]
  std::vector<uint32_t> order_;     // [n]: places by the class of their target
  std::vector<uint32_t> starts_;    // [C + 1]: of each class in order_
  std::vector<Real> gathered_;      // [targets in a class][d]
  std::vector<Real> d_gathered_;
};

}  // namespace pith::train
