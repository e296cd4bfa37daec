#include "model/engine/neon_set.h"

#if defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace pith::model {
namespace {

struct DotProduct {
  static constexpr const char* kName = "neon-dot";
  [[gnu::always_inline]] static int32x4_t sum(int32x4_t sums, int8x16_t x, int8x16_t y) {
    return vdotq_s32(sums, x, y);
  }
};

bool has_dot_product() {
#if defined(__linux__)
  return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#elif defined(__APPLE__)
  return true;
#else
  return false;
#endif
}

}  // namespace

const Kernels kNeonDotKernels = make_kernels<NeonSet<DotProduct>>(has_dot_product);

}  // namespace pith::model
