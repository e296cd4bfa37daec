// The inner loops of the engine, once for each instruction set, and which of them runs.
//
// All sets compute the same numbers. Each comes from a source file with compiler flags of its own;
// its functions are templates over the set, so that none compiled for one processor can stand in
// for another's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "model/engine/attention_shape.h"
#include "model/engine/engine_weights.h"

namespace pith::model {

// Rows of numbers are padded() long and aligned to kAlignment, but for vectors of activations,
// which need no alignment. n: padded length of a row. Arrays do not overlap.
struct Kernels {
  const char* name;
  bool (*supported)();  // by the processor at hand
  // Measured: products wait for their weights so long that two tokens take hardly longer than one.
  bool waits_for_weights;

  // out [count][matrix.rows]: the matrix times count vectors, which are stride apart.
  void (*product)(const PackedMatrix& matrix, const int8_t* vectors, size_t stride, size_t count,
                  int32_t* out);

  // out [matrix.rows]: the matrix times one vector without negative elements, most of which are 0:
  // only weights that meet others are read.
  void (*sparse_product)(const PackedMatrix& matrix, const int8_t* vector, int32_t* out);

  // x [n] kStreamBits: the norm of an embedding's row [width] plus `projected` [n] kEmbeddingBits,
  // which is null if there is none. width: channels that are no padding.
  void (*enter)(size_t n, size_t width, const int8_t* row, Multiplier multiplier,
                const int32_t* projected, int32_t* x);
  // x [n] += branch [n], saturated.
  void (*add)(size_t n, const int32_t* branch, int32_t* x);
  // out [n]: the norm of x [n] kStreamBits as activations.
  void (*normalise)(size_t n, size_t width, const int32_t* x, int8_t* out);
  // out [n]: the squares of what is positive, as activations.
  void (*square)(size_t n, const int32_t* in, Multiplier multiplier, int8_t* out);
  // One step of n channels. in [3 n]: value, decay, gate. past [kTaps]: rows [2 n] of values and
  // decays, past[k] of the token k back; past[0] is written. hidden [n] is advanced. out [n].
  void (*recur)(size_t n, const RecurrenceWeights& weights, const int32_t* in, int16_t* const* past,
                int32_t* hidden, int8_t* out);
  // One step of attention: see attention_loops.h.
  void (*attend)(const AttentionShape& shape, const AttentionStep& step);
  // counts [n], in [1, 2^20], of the logits [n] plus bias [n] kLogitBits. logits is overwritten.
  void (*count)(size_t n, const int32_t* bias, int32_t* logits, uint32_t* counts);
};

extern const Kernels kScalarKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#elif defined(__aarch64__)
extern const Kernels kNeonKernels;
extern const Kernels kNeonDotKernels;
#endif

// Those that the processor can run, the fastest last.
[[nodiscard]] std::span<const Kernels* const> runnable_kernels();

// The fastest, or those that were forced.
[[nodiscard]] const Kernels& kernels();

}  // namespace pith::model
