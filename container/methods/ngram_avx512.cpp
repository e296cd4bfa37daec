#include "container/methods/ngram_coder.h"
#include "ngram/kernels_avx512.h"

namespace pith::container {

static bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2");
}

const NgramKernel kNgramAvx512 = make_ngram_kernel<ngram::Avx512Kernels>(has_avx512);

}  // namespace pith::container
