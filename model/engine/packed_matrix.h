// A matrix of 8-bit weights as the kernels read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "model/engine/aligned_vector.h"
#include "model/integer_model.h"

namespace pith::model {

inline constexpr size_t kRowGroup = 16;    // rows that lie side by side
inline constexpr size_t kColumnGroup = 4;  // columns of a row that lie side by side
// Columns that a matrix may have: |sum| < 2^26 for any weights and activations.
inline constexpr size_t kColumnsMax = 4096;

// Lengths of all rows of numbers in the engine: a multiple of kRowGroup.
[[nodiscard]] constexpr size_t padded(size_t n) {
  return (n + kRowGroup - 1) / kRowGroup * kRowGroup;
}

// The result of a row is (sum * factor + 2^(shift - 1)) >> shift; less than 2^30 in size.
struct PackedMatrix {
  size_t rows = 0;           // a multiple of kRowGroup; those that pad have results of 0
  size_t column_groups = 0;  // a vector has column_groups * kColumnGroup readable elements
  int shift = 0;             // in [16, 27]
  // [rows / kRowGroup][column_groups][kRowGroup][kColumnGroup], in -127 .. 127.
  AlignedVector<int8_t> weights;
  AlignedVector<int32_t> factors;  // [rows], in [0, 2^31)
  // [rows] -128 * the sum of the row: for kernels that add 128 to activations.
  AlignedVector<int32_t> offsets;

  [[nodiscard]] size_t memory() const { return weights.size() + 8 * factors.size(); }
};

// Packs rows [first, first + count) of a parameter with this many columns, as groups of `part` rows
// each of which starts at a multiple of kRowGroup. step: of the activations. bits: fractional bits
// of the results. Returns false if a result can be 2^30 or more.
[[nodiscard]] bool pack_matrix(const IntegerParameter& from, size_t columns, size_t first,
                               size_t count, size_t part, Scale step, int bits, PackedMatrix* to);

}  // namespace pith::model
