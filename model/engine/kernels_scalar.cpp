// Plain C++: what the others must equal.
#include "model/engine/kernel_set.h"

namespace pith::model {
namespace {

struct ScalarSet {
  static constexpr const char* kName = "scalar";
  static constexpr bool kWaitsForWeights = false;

  static void product(const PackedMatrix& matrix, const int8_t* vectors, size_t stride,
                      size_t count, int32_t* out) {
    const size_t group_size = matrix.column_groups * kRowGroup * kColumnGroup;
    for (size_t t = 0; t < count; ++t) {
      const int8_t* const vector = vectors + t * stride;
      for (size_t first = 0; first < matrix.rows; first += kRowGroup) {
        int32_t sums[kRowGroup] = {};
        const int8_t* weights = matrix.weights.data() + first / kRowGroup * group_size;
        for (size_t c = 0; c < matrix.column_groups * kColumnGroup; c += kColumnGroup) {
          for (size_t row = 0; row < kRowGroup; ++row, weights += kColumnGroup) {
            for (size_t i = 0; i < kColumnGroup; ++i) sums[row] += weights[i] * vector[c + i];
          }
        }
        for (size_t row = 0; row < kRowGroup; ++row) {
          const int64_t scaled = int64_t{sums[row]} * matrix.factors[first + row];
          const int64_t half = int64_t{1} << (matrix.shift - 1);
          out[t * matrix.rows + first + row] =
              static_cast<int32_t>((scaled + half) >> matrix.shift);
        }
      }
    }
  }

  static void sparse_product(const PackedMatrix& matrix, const int8_t* vector, int32_t* out) {
    product(matrix, vector, 0, 1, out);
  }
};

bool always() { return true; }

}  // namespace

const Kernels kScalarKernels = make_kernels<ScalarSet>(always);

}  // namespace pith::model
