// Functions of one number, in forms that loops over channels vectorise.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace pith::train {

// e^x. For floats: 2^n times a polynomial on [-ln2 / 2, ln2 / 2] (Cephes' expf), error 2 ulp; x
// below -87 gives about 1e-38, x above 88 about 2e38.
[[gnu::always_inline]] inline float exp_of(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  const float n = __builtin_rintf(x * 1.44269504088896341f);
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  return p * std::bit_cast<float>((static_cast<int32_t>(n) + 127) << 23);
}
[[gnu::always_inline]] inline double exp_of(double x) { return std::exp(x); }

template <class Real>
[[gnu::always_inline]] inline Real sigmoid(Real x) {
  return Real(1) / (Real(1) + exp_of(-x));
}

// tanh(x), exact to a few ulp away from 0 and to 1e-7 absolute near it.
template <class Real>
[[gnu::always_inline]] inline Real tanh_of(Real x) {
  return Real(2) * sigmoid(Real(2) * x) - Real(1);
}

}  // namespace pith::train
