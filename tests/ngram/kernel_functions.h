// The kernels of one instruction set behind function pointers, so that a test can go through those
// the CPU at hand has. Each comes from a source file with compiler flags of its own.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ngram/adaptive_probability.h"

namespace pith::ngram {

struct KernelFunctions {
  const char* name;
  bool (*supported)();  // by the CPU at hand
  size_t (*weight_place)(size_t i);
  int32_t (*dot)(const int16_t* x, const int32_t* w, size_t n);
  void (*train)(const int16_t* x, int32_t* w, size_t n, int16_t error);
  void (*run_rows)(const uint16_t* pattern, const uint16_t* run_class, const uint16_t* base,
                   uint16_t* row, size_t n, uint32_t c0, uint32_t above);
  void (*look_up)(const AdaptiveProbability* map, const uint16_t* row, AdaptiveProbability* entry,
                  int16_t* logit, size_t n);
  void (*centre)(const AdaptiveProbability* entry, int16_t* centred, size_t n);
  void (*update)(AdaptiveProbability* e, size_t n, uint32_t bit);
};

template <class Kernels>
constexpr KernelFunctions kernel_functions(bool (*supported)()) {
  return {.name = Kernels::kName,
          .supported = supported,
          .weight_place = Kernels::weight_place,
          .dot = Kernels::dot,
          .train = Kernels::train,
          .run_rows = Kernels::run_rows,
          .look_up = Kernels::look_up,
          .centre = Kernels::centre,
          .update = Kernels::update};
}

#if defined(__x86_64__)
extern const KernelFunctions kAvx2Functions;
extern const KernelFunctions kAvx512Functions;
#elif defined(__aarch64__)
extern const KernelFunctions kNeonFunctions;
#endif

}  // namespace pith::ngram
