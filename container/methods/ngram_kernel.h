// Dispatch table of the n-gram method: one entry an instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "container/methods/mixed_predictor.h"
#include "container/methods/ngram_method.h"
#include "ngram/ensemble.h"
#include "ngram/network_shape.h"

namespace pith::container {

// The decoder reads 8 bytes ahead; a code is never longer than that beyond its end.
inline constexpr size_t kMostOverrun = 8;

struct NgramKernel {
  const char* name;
  bool (*supported)();  // by the CPU at hand
  // [level] coded size, 0 if it does not fit or was cancelled.
  size_t (*encode[ngram::kNgramLevels])(const NgramConfig& config, const uint8_t* raw,
                                        uint8_t* coded, size_t capacity, uint8_t* memory,
                                        BlockControl* control);
  // [level] false if cancelled or if the code ended too early.
  bool (*decode[ngram::kNgramLevels])(const NgramConfig& config, const uint8_t* coded,
                                      size_t coded_size, uint8_t* raw, uint8_t* memory,
                                      BlockControl* control);
  MixedPredictorFunctions mixed[ngram::kNetworkShapes];
};

// The best one the CPU has, or the one forced by a test.
[[nodiscard]] const NgramKernel& ngram_kernel();

extern const NgramKernel kNgramScalar;
#if defined(__x86_64__)
extern const NgramKernel kNgramAvx2;
extern const NgramKernel kNgramAvx512;
#elif defined(__aarch64__)
extern const NgramKernel kNgramNeon;
#endif

}  // namespace pith::container
