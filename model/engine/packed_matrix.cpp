#include "model/engine/packed_matrix.h"

#include <algorithm>

#include "model/engine/multiplier.h"

namespace pith::model {
namespace {

constexpr int64_t kActivationMax = 127;
constexpr int kHeadroomMax = 16;

// The largest sum that the row can have, whatever it is multiplied by.
int64_t largest_sum(const int8_t* row, size_t columns) {
  int64_t sum = 0;
  for (size_t c = 0; c < columns; ++c) sum += row[c] < 0 ? -row[c] : row[c];
  return sum * kActivationMax;
}

void pack_row(const int8_t* from, size_t columns, size_t row, PackedMatrix* to) {
  int8_t* at = to->weights.data() + row / kRowGroup * to->column_groups * kRowGroup * kColumnGroup +
               row % kRowGroup * kColumnGroup;
  int32_t sum = 0;
  for (size_t c = 0; c < columns; ++c) {
    at[c / kColumnGroup * kRowGroup * kColumnGroup + c % kColumnGroup] = from[c];
    sum += from[c];
  }
  to->offsets[row] = -128 * sum;
}

}  // namespace

bool pack_matrix(const IntegerParameter& from, size_t columns, size_t first, size_t count,
                 size_t part, Scale step, int bits, PackedMatrix* to) {
  to->rows = count / part * padded(part);
  to->column_groups = (columns + kColumnGroup - 1) / kColumnGroup;
  to->weights.assign(to->rows * to->column_groups * kColumnGroup, 0);
  to->factors.assign(to->rows, 0);
  to->offsets.assign(to->rows, 0);
  const int8_t* weights = from.weights.data() + first * columns;
  // As many bits to the left of a sum as there is room for, so that the factors may be large.
  int64_t largest = 0;
  for (size_t row = 0; row < count; ++row) {
    largest = std::max(largest, largest_sum(weights + row * columns, columns));
  }
  int headroom = 0;
  while (headroom < kHeadroomMax && largest << (headroom + 1) < int64_t{1} << 31) ++headroom;
  to->shift = 32 - headroom;
  for (size_t row = 0; row < count; ++row) {
    const size_t packed = row / part * padded(part) + row % part;
    const auto factor = factor_of(from.scales[first + row], step, bits + to->shift);
    if (!factor.has_value()) return false;
    to->factors[packed] = *factor;
    pack_row(weights + row * columns, columns, packed, to);
  }
  return true;
}

}  // namespace pith::model
