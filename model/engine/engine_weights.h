// Everything learned, arranged for the kernels. Widths marked with ' are padded() ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/engine/aligned_vector.h"
#include "model/engine/fixed_point.h"
#include "model/engine/packed_matrix.h"
#include "model/file_error.h"
#include "model/integer_model.h"

namespace pith::model {

// Fractional bits of the engine's numbers.
inline constexpr int kEmbeddingBits = 14;  // before its norm
inline constexpr int kStreamBits = 12;     // residual stream
inline constexpr int kGateBits = 11;       // value, decay and gate, as 16-bit numbers
inline constexpr int kTapBits = 12;
inline constexpr int kValueBits = 12;   // value and decay after their convolution
inline constexpr int kHiddenBits = 18;  // recurrent state
inline constexpr int kReadBits = 9;     // what is read of it
inline constexpr int kHeadBits = 14;    // queries, keys, values before their norm
inline constexpr int kUpBits = 11;      // before squaring
inline constexpr int kLogitBits = 16;

struct RecurrenceWeights {
  AlignedVector<int16_t> taps;           // [kTaps][2 e'] kTapBits: value, decay; within +-4
  AlignedVector<int32_t> bias;           // [e'] kValueBits, of the decay
  AlignedVector<int32_t> gain_mantissa;  // [e'] for activation_of()
  AlignedVector<int32_t> gain_shift;     // [e']
};

struct BlockWeights {
  BlockKind kind = BlockKind::kRecurrence;
  PackedMatrix in;  // r: [3 e'][d], a: [((heads + 2 kv_heads) c)'][d]
  RecurrenceWeights recurrence;
  Scale mixed_step = {};  // of what out multiplies
  PackedMatrix out;       // [d'][e or heads c]
  PackedMatrix up;        // [f'][d]
  Multiplier square;      // for activation_of()
  PackedMatrix down;      // [d'][f]
};

// One softmax: rows of logits.
struct OutputWeights {
  PackedMatrix rows;
  AlignedVector<int32_t> bias;  // [rows.rows] kLogitBits; those that pad are below all others
};

struct EngineWeights {
  SharedWeights embedding;                       // [V][d]
  std::vector<Multiplier> embedding_multiplier;  // [V] for scaled() of the entry << 11
  SharedWeights ngram2;                          // [H][w]
  SharedWeights ngram3;                          // [H][w]
  PackedMatrix ngram_project;                    // [d'][2w]
  std::vector<BlockWeights> blocks;
  OutputWeights classes;              // [C']
  std::vector<OutputWeights> tokens;  // [C] of [tokens of the class, padded]

  // Bytes, without embeddings that lie in a file.
  [[nodiscard]] size_t memory() const;
};

// Arranges a model that read_model() accepts, whose embeddings it shares. Returns what the engine
// cannot compute.
FileError arrange_weights(const IntegerModel& model, EngineWeights* weights);

}  // namespace pith::model
