// Numbers of 8 bits, imitated in floating point (docs/network.md, section 8).
#pragma once

#include <cstddef>
#include <span>

#include "model/network_layout.h"

namespace pith::train {

inline constexpr float kQuantisedMax = 127;
inline constexpr float kNormStep = 1.0f / 16;   // of a normalised activation
inline constexpr float kNgramStep = 1.0f / 32;  // of an entry of the hashed tables

// x becomes the nearest of -127 * step .. 127 * step.
template <class Real>
void quantise(size_t n, Real step, Real* x);

// Gradients do not pass where a quantised activation is at the end of its range: there grads
// becomes 0. x is as quantise() left it.
template <class Real>
void stop_saturated(size_t n, Real step, const Real* x, Real* grads);

// Of some candidates, the step that changes x least in the mean square.
template <class Real>
[[nodiscard]] Real best_step(size_t n, const Real* x);

// Weights as the engine has them: matrices, embedding and output by rows, each with the step that
// its largest entry asks for; hashed tables with kNgramStep; vectors as they are.
// Parameters first, first + stride, ..: threads may share the work.
void quantise_weights(const model::Layout& layout, std::span<const float> weights, size_t first,
                      size_t stride, std::span<float> quantised);

}  // namespace pith::train
