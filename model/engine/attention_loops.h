// One step of attention, in the way of row_loops.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/engine/attention_shape.h"
#include "model/engine/fixed_point.h"
#include "model/engine/multiplier.h"
#include "model/engine/rotary.h"
#include "model/engine/row_loops.h"

namespace pith::model {

template <class Set>
struct AttentionLoops {
  static void attend(const AttentionShape& shape, const AttentionStep& step) {
    const size_t now = step.place % shape.window;
    int8_t* key = step.keys + now * shape.shared();
    int8_t* value = step.values + now * shape.shared();
    const int32_t* in = step.in;
    for (size_t i = 0; i < shape.heads; ++i, in += shape.width) {
      turned(shape, step.place, in, step.query + i * shape.width);
    }
    for (size_t i = 0; i < shape.kv_heads; ++i, in += shape.width) {
      turned(shape, step.place, in, key + i * shape.width);
    }
    for (size_t i = 0; i < shape.kv_heads; ++i, in += shape.width) {
      normalised(shape.width, in, value + i * shape.width);
    }
    // Before the window is full, its first entries are those that there are. In which order they
    // are added does not matter.
    const size_t seen = step.place < shape.window ? step.place + size_t{1} : shape.window;
    for (size_t head = 0; head < shape.heads; ++head) {
      const size_t shared = head / (shape.heads / shape.kv_heads) * shape.width;
      const int32_t sum =
          weigh(shape, step.query + head * shape.width, step.keys + shared, seen, step.weights);
      blend(shape, step, step.values + shared, seen, sum, step.out + head * shape.width);
    }
  }

 private:
  [[gnu::always_inline]] static Multiplier norm_of_head(size_t width, int out_bits,
                                                        const int32_t* __restrict in) {
    uint64_t sum = 0;
    for (size_t i = 0; i < width; ++i) {
      const int32_t x = clamped(in[i], kRowMax);
      sum += static_cast<uint64_t>(int64_t{x} * x);
    }
    const ReciprocalRoot root =
        reciprocal_root(sum / width + (uint64_t{1} << (2 * kHeadBits - 10)));
    return {root.mantissa, root.shift - out_bits};
  }

  [[gnu::always_inline]] static void normalised(size_t width, const int32_t* __restrict in,
                                                int8_t* __restrict out) {
    const Multiplier norm = norm_of_head(width, kActivationBits, in);
    for (size_t i = 0; i < width; ++i) {
      const int32_t x = clamped(in[i], kRowMax);
      out[i] = static_cast<int8_t>(clamped(scaled(x, norm.mantissa, norm.shift), 127));
    }
  }

  // A head's norm, its channel pairs (i, i + half) turned by the place.
  [[gnu::always_inline]] static void turned(const AttentionShape& shape, uint32_t place,
                                            const int32_t* __restrict in, int8_t* __restrict out) {
    constexpr int kShift = kStreamBits + kSineBits - kActivationBits;
    const size_t half = shape.width / 2;
    const Multiplier norm = norm_of_head(shape.width, kStreamBits, in);
    for (size_t i = 0; i < half; ++i) {
      const uint32_t angle = (place * shape.turns[i]) >> (32 - kTurnBits);
      const int32_t sine = kSine[angle];
      const int32_t cosine = kSine[angle + kTurnAngles / 4];
      // Below 2^16, as width is at most 128: the products and their sum fit.
      const int32_t low = scaled(clamped(in[i], kRowMax), norm.mantissa, norm.shift);
      const int32_t high = scaled(clamped(in[half + i], kRowMax), norm.mantissa, norm.shift);
      const int32_t first = (low * cosine - high * sine + (1 << (kShift - 1))) >> kShift;
      const int32_t second = (high * cosine + low * sine + (1 << (kShift - 1))) >> kShift;
      out[i] = static_cast<int8_t>(clamped(first, 127));
      out[half + i] = static_cast<int8_t>(clamped(second, 127));
    }
  }

  // weights [seen] of the softmax of the scores, not divided by their sum, which is returned.
  [[gnu::always_inline]] static int32_t weigh(const AttentionShape& shape,
                                              const int8_t* __restrict query,
                                              const int8_t* __restrict keys, size_t seen,
                                              int32_t* __restrict weights) {
    int32_t most = -(1 << 30);
    for (size_t j = 0; j < seen; ++j) {
      const int8_t* __restrict key = keys + j * shape.shared();
      int32_t score = 0;
      for (size_t i = 0; i < shape.width; ++i) score += int32_t{query[i]} * key[i];
      weights[j] = score;
      most = at_least(most, score);
    }
    int32_t sum = 0;
    for (size_t j = 0; j < seen; ++j) {
      const int32_t t = scaled((most - weights[j]) * 16, shape.score_mantissa, 12);
      const Multiplier power = power_of(at_most(t, 20 * kUnit));
      const int32_t shift = power.shift + kUnitBits - shape.weight_bits;
      weights[j] = ((power.mantissa * 2 >> shift) + 1) >> 1;
      sum += weights[j];
    }
    return sum;
  }

  [[gnu::always_inline]] static void blend(const AttentionShape& shape, const AttentionStep& step,
                                           const int8_t* __restrict values, size_t seen,
                                           int32_t weight_sum, int8_t* __restrict out) {
    int32_t* __restrict sums = step.sums;
    for (size_t i = 0; i < shape.width; ++i) sums[i] = 0;
    for (size_t j = 0; j < seen; ++j) {
      const int32_t weight = step.weights[j];
      const int8_t* __restrict value = values + j * shape.shared();
      for (size_t i = 0; i < shape.width; ++i) sums[i] += weight * value[i];
    }
    // Values have kActivationBits, the four that activation_of() takes off.
    const uint64_t unit = uint64_t{step.step.mantissa} * static_cast<uint64_t>(weight_sum);
    const Multiplier multiplier =
        multiplier_of((uint64_t{1} << 62) / unit, int{step.step.shift} - 62);
    for (size_t i = 0; i < shape.width; ++i) {
      out[i] = static_cast<int8_t>(activation_of(sums[i], multiplier.mantissa, multiplier.shift));
    }
  }
};

}  // namespace pith::model
