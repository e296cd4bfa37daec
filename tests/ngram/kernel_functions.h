// The kernels of one instruction set behind function pointers, so that a test can go through those
// the CPU at hand has. Each comes from a source file with compiler flags of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ngram/ensemble.h"
#include "ngram/layout.h"

namespace pith::ngram {

struct GatherFunction {
  size_t count;
  size_t padded;
  void (*gather)(const int16_t* table, const uint8_t* const* slot, uint32_t node, int16_t extra0,
                 int16_t extra1, int16_t* out);
};

struct LaneFunctions {
  size_t padded;
  void (*runs)(const uint16_t* pattern, const int16_t* strength, uint32_t path, uint32_t depth,
               int16_t* out);
  void (*clip)(const int16_t* in, int16_t limit, int16_t* out);
};

struct InputFunctions {
  size_t inputs;
  size_t sets;
  int32_t (*dot)(const int16_t* x, const int16_t* const* w);
  void (*train)(const int16_t* x, int16_t* const* w, int16_t error, uint16_t* dither);
};

struct KernelFunctions {
  const char* name;
  bool (*supported)();  // by the CPU at hand
  std::array<GatherFunction, kNgramLevels + 2> gather;
  std::array<LaneFunctions, 3> lanes;
  std::array<InputFunctions, kNgramLevels + 4> inputs;
};

template <class Kernels, size_t kCount, size_t kPadded>
constexpr GatherFunction gather_function() {
  return {kCount, kPadded, Kernels::template gather<kCount, kPadded>};
}

template <class Kernels, size_t kPadded>
constexpr LaneFunctions lane_functions() {
  return {kPadded, Kernels::template runs<kPadded>, Kernels::template clip<kPadded>};
}

template <class Kernels, size_t kInputs, size_t kSets>
constexpr InputFunctions input_functions() {
  return {kInputs, kSets, Kernels::template dot<kInputs, kSets>,
          Kernels::template train<kInputs, kSets>};
}

template <class Kernels, size_t kLevel>
constexpr GatherFunction gather_of_level() {
  return gather_function<Kernels, kLevels[kLevel].contexts, padded_contexts(kLevels[kLevel])>();
}

template <class Kernels, size_t kLevel>
constexpr InputFunctions inputs_of_level() {
  return input_functions<Kernels, padded_inputs(kLevels[kLevel]), kLevels[kLevel].sets>();
}

// Those of every level, and of sizes beside them: a single vector, and more than one with a rest.
template <class Kernels>
constexpr KernelFunctions kernel_functions(bool (*supported)()) {
  return {.name = Kernels::kName,
          .supported = supported,
          .gather = {gather_of_level<Kernels, 0>(), gather_of_level<Kernels, 1>(),
                     gather_of_level<Kernels, 2>(), gather_of_level<Kernels, 3>(),
                     gather_function<Kernels, 1, 8>(), gather_function<Kernels, 17, 24>()},
          .lanes = {lane_functions<Kernels, 8>(), lane_functions<Kernels, 16>(),
                    lane_functions<Kernels, 24>()},
          .inputs = {inputs_of_level<Kernels, 0>(), inputs_of_level<Kernels, 1>(),
                     inputs_of_level<Kernels, 2>(), inputs_of_level<Kernels, 3>(),
                     input_functions<Kernels, 16, 1>(), input_functions<Kernels, 32, 1>(),
                     input_functions<Kernels, 64, 3>(), input_functions<Kernels, 80, 2>()}};
}

#if defined(__x86_64__)
extern const KernelFunctions kAvx2Functions;
extern const KernelFunctions kAvx512Functions;
#elif defined(__aarch64__)
extern const KernelFunctions kNeonFunctions;
#endif

}  // namespace pith::ngram
