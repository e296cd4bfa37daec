#include "kernel_functions.h"
#include "ngram/kernels_avx512.h"

namespace pith::ngram {

static bool supported() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}

const KernelFunctions kAvx512Functions = kernel_functions<Avx512Kernels>(supported);

}  // namespace pith::ngram
