#include "bench/micro/mixing.h"
#include "ngram/kernels_avx512.h"

namespace pith::micro {

static bool supported() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}

const NamedMixing kAvx512Mixing = {"avx512", supported, mix_and_learn<ngram::Avx512Kernels>};

}  // namespace pith::micro
