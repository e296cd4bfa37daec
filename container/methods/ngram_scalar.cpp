#include "container/methods/ngram_coder.h"
#include "ngram/kernels_scalar.h"

namespace pith::container {

static bool always() { return true; }

const NgramKernel kNgramScalar = make_ngram_kernel<ngram::ScalarKernels>(always);

}  // namespace pith::container
