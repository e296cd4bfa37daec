// One set of kernels from what differs by instruction set: the product.
#pragma once

#include "model/engine/attention_loops.h"
#include "model/engine/kernels.h"
#include "model/engine/row_loops.h"

namespace pith::model {

template <class Set>
constexpr Kernels make_kernels(bool (*supported)()) {
  return {.name = Set::kName,
          .supported = supported,
          .waits_for_weights = Set::kWaitsForWeights,
          .product = Set::product,
          .sparse_product = Set::sparse_product,
          .enter = RowLoops<Set>::enter,
          .add = RowLoops<Set>::add,
          .normalise = RowLoops<Set>::normalise,
          .square = RowLoops<Set>::square,
          .recur = RowLoops<Set>::recur,
          .attend = AttentionLoops<Set>::attend,
          .count = RowLoops<Set>::count};
}

}  // namespace pith::model
