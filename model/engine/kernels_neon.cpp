#include "model/engine/neon_set.h"

namespace pith::model {
namespace {

struct Widening {
  static constexpr const char* kName = "neon";
  [[gnu::always_inline]] static int32x4_t sum(int32x4_t sums, int8x16_t x, int8x16_t y) {
    // Two products fit 16 bits, as nothing is -128.
    const int16x8_t low = vmull_s8(vget_low_s8(x), vget_low_s8(y));
    const int16x8_t high = vmull_high_s8(x, y);
    return vpadalq_s16(sums, vpaddq_s16(low, high));
  }
};

bool always() { return true; }

}  // namespace

const Kernels kNeonKernels = make_kernels<NeonSet<Widening>>(always);

}  // namespace pith::model
