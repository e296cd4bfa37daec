// Attention with a window: its shape, and what a step works on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/integer_model.h"

namespace pith::model {

struct AttentionShape {
  size_t heads;     // of queries
  size_t kv_heads;  // of keys and values
  size_t width;     // channels of a head
  size_t window;
  int weight_bits;         // of a softmax weight of 1, so that sums of a window fit 32 bits
  int32_t score_mantissa;  // 2^-12 of it times a score * 16: its binary logarithm, kUnitBits
  const uint32_t* turns;   // [width / 2]: of the channel pairs a token, in units of 2^-32 turns

  [[nodiscard]] size_t queries() const { return heads * width; }
  [[nodiscard]] size_t shared() const { return kv_heads * width; }
};

struct AttentionStep {
  uint32_t place;     // tokens of the text before this one
  const int32_t* in;  // queries, keys, values, kHeadBits
  int8_t* keys;       // [window][shared()], that of a token at place mod window
  int8_t* values;     // the same
  int8_t* query;      // scratch [queries()]
  int32_t* weights;   // scratch [padded(window)]
  int32_t* sums;      // scratch [padded(width)]
  Scale step;         // of what is written
  int8_t* out;        // [queries()], activations
};

}  // namespace pith::model
