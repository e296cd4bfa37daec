#include "container/methods/ngram_coder.h"
#include "ngram/kernels_avx2.h"

namespace pith::container {

static bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }

const NgramKernel kNgramAvx2 = make_ngram_kernel<ngram::Avx2Kernels>(has_avx2);

}  // namespace pith::container
