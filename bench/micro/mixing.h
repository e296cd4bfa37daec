// A mixer with the kernels of one instruction set, behind a function pointer.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ngram/mixer.h"

namespace pith::micro {

inline constexpr size_t kMixedInputs = 48;  // those of level 4, and its sets
inline constexpr size_t kMixedSets = 4;
inline constexpr size_t kMixedRows = 256;  // of each set

// Mixes and learns count times: inputs [count][kMixedInputs], aligned to 64 bytes; weights
// [kMixedSets] [kMixedRows][kMixedInputs], likewise. Returns the sum of the results.
using MixingFunction = int64_t (*)(const int16_t* inputs, size_t count, int16_t* weights);

template <class Kernels>
int64_t mix_and_learn(const int16_t* inputs, size_t count, int16_t* weights) {
  static constexpr uint32_t kRows[kMixedSets] = {kMixedRows, kMixedRows, kMixedRows, kMixedRows};
  ngram::Mixer<Kernels, kMixedInputs, kMixedSets> mixer;
  mixer.init(weights, kRows);
  int64_t sum = 0;
  for (size_t i = 0; i < count; ++i) {
    const auto hash = static_cast<uint32_t>(i) * 0x9E3779B1u;
    const uint32_t rows[kMixedSets] = {hash >> 24, hash >> 16 & 0xFF, hash >> 8 & 0xFF,
                                       hash & 0xFF};
    const int16_t* const x = inputs + i * kMixedInputs;
    sum += mixer.mix(x, rows);
    mixer.update(x, x[0] > 0 ? 1 : 0, 20);
  }
  return sum;
}

struct NamedMixing {
  const char* name;
  bool (*supported)();  // by the processor at hand
  MixingFunction run;
};

#if defined(__x86_64__)
extern const NamedMixing kAvx2Mixing;
extern const NamedMixing kAvx512Mixing;
#elif defined(__aarch64__)
extern const NamedMixing kNeonMixing;
#endif

}  // namespace pith::micro
