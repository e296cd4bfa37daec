#include "kernel_functions.h"
#include "ngram/kernels_avx2.h"

namespace pith::ngram {

static bool supported() { return __builtin_cpu_supports("avx2"); }

const KernelFunctions kAvx2Functions = kernel_functions<Avx2Kernels>(supported);

}  // namespace pith::ngram
