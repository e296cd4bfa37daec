#include "kernel_functions.h"
#include "ngram/kernels_neon.h"

namespace pith::ngram {

static bool supported() { return true; }

const KernelFunctions kNeonFunctions = kernel_functions<NeonKernels>(supported);

}  // namespace pith::ngram
