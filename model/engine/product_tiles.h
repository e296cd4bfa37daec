// A matrix of 8-bit weights times some vectors, in tiles that keep their sums in registers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/engine/packed_matrix.h"

namespace pith::model {

// Set has the operations of an instruction set on kLanes rows at once:
//
//   Base base(const int8_t* vector, size_t columns) what Set must know of a whole vector
//   Sums start(const int32_t* offsets, Base)        sums of nothing; offsets: PackedMatrix::offsets
//   Weights load(const int8_t* weights)             [kLanes][kColumnGroup]
//   Sums none()                                     sums of nothing, for broadcast_unsigned()
//   Activations broadcast(const int8_t* four)       four columns, for all rows
//   Activations broadcast_unsigned(const int8_t*)   the same of none that are negative
//   Sums add(Sums, Weights, Activations)            exact
//   void finish(Sums, const int32_t* factors, int shift, int32_t* out)
//
// and the shape of its tiles, which is what its registers hold: kTileVectors vectors of rows times
// kTileTokens tokens where there are many, kPairVectors for two tokens, kRowVectors for a single
// one.
template <class Set>
struct ProductTiles {
  static void product(const PackedMatrix& matrix, const int8_t* vectors, size_t stride,
                      size_t count, int32_t* out) {
    for (; count > kMostVectors; count -= kMostVectors) {
      some(matrix, vectors, stride, kMostVectors, out);
      vectors += kMostVectors * stride;
      out += kMostVectors * matrix.rows;
    }
    some(matrix, vectors, stride, count, out);
  }

  // A group of columns is a whole cache line of weights.
  static void sparse_product(const PackedMatrix& matrix, const int8_t* vector, int32_t* out) {
    uint16_t groups[kColumnsMax / kColumnGroup];  // with elements that are not 0
    size_t count = 0;
    for (size_t c = 0; c < matrix.column_groups; ++c) {
      uint32_t four = 0;
      __builtin_memcpy(&four, vector + c * kColumnGroup, sizeof four);
      groups[count] = static_cast<uint16_t>(c);
      count += four != 0 ? 1 : 0;
    }
    size_t row = 0;
    for (; row + kRowStep <= matrix.rows; row += kRowStep) {
      sparse_tile<Set::kRowVectors>(matrix, row, vector, groups, count, out);
    }
    for (; row < matrix.rows; row += Set::kLanes) {
      sparse_tile<1>(matrix, row, vector, groups, count, out);
    }
  }

 private:
  static constexpr size_t kRowStep = Set::kRowVectors * Set::kLanes;
  using Base = typename Set::Base;
  static constexpr size_t kMostVectors = 32;  // whose bases are kept at a time

  [[gnu::always_inline]] static void some(const PackedMatrix& matrix, const int8_t* vectors,
                                          size_t stride, size_t count, int32_t* out) {
    Base bases[kMostVectors];
    for (size_t t = 0; t < count; ++t) {
      bases[t] = Set::base(vectors + t * stride, matrix.column_groups * kColumnGroup);
    }
    size_t tiled = count - count % Set::kTileTokens;
    if (tiled != 0) {
      rows<Set::kTileVectors, Set::kTileTokens>(matrix, vectors, stride, tiled, bases, out);
    }
    if constexpr (Set::kTileTokens > 2) {
      for (; tiled + 2 <= count; tiled += 2) {
        rows<Set::kPairVectors, 2>(matrix, vectors + tiled * stride, stride, 2, bases + tiled,
                                   out + tiled * matrix.rows);
      }
    }
    for (size_t t = tiled; t < count; ++t) {
      rows<Set::kRowVectors, 1>(matrix, vectors + t * stride, stride, 1, bases + t,
                                out + t * matrix.rows);
    }
  }

  // A few rows of weights stay in the nearest cache while all tokens pass by.
  template <size_t kVectors, size_t kTokens>
  [[gnu::always_inline]] static void rows(const PackedMatrix& matrix, const int8_t* vectors,
                                          size_t stride, size_t count, const Base* bases,
                                          int32_t* out) {
    size_t row = 0;
    for (; row + kVectors * Set::kLanes <= matrix.rows; row += kVectors * Set::kLanes) {
      for (size_t t = 0; t < count; t += kTokens) {
        tile<kVectors, kTokens>(matrix, row, vectors + t * stride, stride, bases + t,
                                out + t * matrix.rows);
      }
    }
    for (; row < matrix.rows; row += Set::kLanes) {
      for (size_t t = 0; t < count; t += kTokens) {
        tile<1, kTokens>(matrix, row, vectors + t * stride, stride, bases + t,
                         out + t * matrix.rows);
      }
    }
  }

  static constexpr size_t kGroupBytes = kRowGroup * kColumnGroup;

  // The first columns of kLanes rows.
  [[gnu::always_inline]] static const int8_t* weights_at(const PackedMatrix& matrix, size_t row) {
    return matrix.weights.data() + row / kRowGroup * matrix.column_groups * kGroupBytes +
           row % kRowGroup * kColumnGroup;
  }

  // Rows [row, row + kVectors * kLanes) times those columns of a vector.
  template <size_t kVectors>
  [[gnu::always_inline]] static void sparse_tile(const PackedMatrix& matrix, size_t row,
                                                 const int8_t* vector, const uint16_t* groups,
                                                 size_t count, int32_t* out) {
    const int8_t* weights[kVectors];
    typename Set::Sums sums[kVectors];
    for (size_t v = 0; v < kVectors; ++v) {
      weights[v] = weights_at(matrix, row + v * Set::kLanes);
      sums[v] = Set::none();
    }
    for (size_t i = 0; i < count; ++i) {
      const size_t c = groups[i];
      const auto activations = Set::broadcast_unsigned(vector + c * kColumnGroup);
      for (size_t v = 0; v < kVectors; ++v) {
        sums[v] = Set::add(sums[v], Set::load(weights[v] + c * kGroupBytes), activations);
      }
    }
    for (size_t v = 0; v < kVectors; ++v) {
      const size_t at = row + v * Set::kLanes;
      Set::finish(sums[v], matrix.factors.data() + at, matrix.shift, out + at);
    }
  }

  // Rows [row, row + kVectors * kLanes) times kTokens vectors.
  template <size_t kVectors, size_t kTokens>
  [[gnu::always_inline]] static void tile(const PackedMatrix& matrix, size_t row,
                                          const int8_t* vectors, size_t stride, const Base* bases,
                                          int32_t* out) {
    const int8_t* weights[kVectors];
    typename Set::Sums sums[kTokens][kVectors];
    for (size_t v = 0; v < kVectors; ++v) {
      const size_t at = row + v * Set::kLanes;
      weights[v] = weights_at(matrix, at);
      for (size_t t = 0; t < kTokens; ++t) {
        sums[t][v] = Set::start(matrix.offsets.data() + at, bases[t]);
      }
    }
    for (size_t c = 0; c < matrix.column_groups; ++c) {
      typename Set::Weights loaded[kVectors];
      for (size_t v = 0; v < kVectors; ++v) loaded[v] = Set::load(weights[v] + c * kGroupBytes);
      for (size_t t = 0; t < kTokens; ++t) {
        const auto activations = Set::broadcast(vectors + t * stride + c * kColumnGroup);
        for (size_t v = 0; v < kVectors; ++v) {
          sums[t][v] = Set::add(sums[t][v], loaded[v], activations);
        }
      }
    }
    for (size_t v = 0; v < kVectors; ++v) {
      const size_t at = row + v * Set::kLanes;
      for (size_t t = 0; t < kTokens; ++t) {
        Set::finish(sums[t][v], matrix.factors.data() + at, matrix.shift,
                    out + t * matrix.rows + at);
      }
    }
  }
};

}  // namespace pith::model
