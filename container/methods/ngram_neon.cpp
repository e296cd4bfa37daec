#include "container/methods/ngram_coder.h"
#include "ngram/kernels_neon.h"

namespace pith::container {

static bool always() { return true; }  // NEON is part of AArch64

const NgramKernel kNgramNeon = make_ngram_kernel<ngram::NeonKernels>(always);

}  // namespace pith::container
