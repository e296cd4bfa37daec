#include "bench/micro/mixing.h"
#include "ngram/kernels_neon.h"

namespace pith::micro {

static bool supported() { return true; }

const NamedMixing kNeonMixing = {"neon", supported, mix_and_learn<ngram::NeonKernels>};

}  // namespace pith::micro
