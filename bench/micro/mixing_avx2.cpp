#include "bench/micro/mixing.h"
#include "ngram/kernels_avx2.h"

namespace pith::micro {

static bool supported() { return __builtin_cpu_supports("avx2"); }

const NamedMixing kAvx2Mixing = {"avx2", supported, mix_and_learn<ngram::Avx2Kernels>};

}  // namespace pith::micro
