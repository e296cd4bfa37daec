// Adaptive probability maps (secondary symbol estimation): refine a probability by what came of it
// in a context.
//
// A row is one cache line of 16 probabilities at fixed logits, every nat up to three and every two
// nats beyond, which measured better than half a nat throughout. In between they are interpolated,
// and the nearer one learns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "codec/logistic.h"
#include "ngram/adaptive_probability.h"

namespace pith::ngram {

struct AdaptiveMap {
  static constexpr size_t kColumns = 16;
  static constexpr uint32_t kNibbleRows = 16;  // rows of a nibble's decisions, the first unused
  static constexpr int kCentre = 7;  // column of logit 0; the last one is never the nearest
  static constexpr int kFine = 3 * codec::kLogitOne;        // below this a column is a nat wide
  static constexpr int kMost = kCentre * codec::kLogitOne;  // place of the outermost column
  static constexpr uint32_t kStartCount = 6;  // what the starting curve is worth, bits

  AdaptiveProbability* entry;      // [rows][kColumns], 64-byte aligned
  AdaptiveProbability* group_row;  // of the nibble in work
  AdaptiveProbability* row;        // of the decision in work
  AdaptiveProbability* nearest;

  // Logit of a column.
  static constexpr int logit_of(size_t column) {
    const int place = (static_cast<int>(column) - kCentre) * codec::kLogitOne;
    const int beyond = place > kFine ? place - kFine : place < -kFine ? place + kFine : 0;
    return codec::clamp_logit(place + beyond);
  }

  // Rows that change nothing yet.
  void init(AdaptiveProbability* memory, uint32_t rows) {
    entry = group_row = row = nearest = memory;
    for (size_t i = 0; i < kColumns; ++i) {
      memory[i] = adaptive_probability(codec::squash(logit_of(i)) >> 2, kStartCount);
    }
    for (size_t r = 1; r < rows; ++r) {
      std::memcpy(memory + r * kColumns, memory, kColumns * sizeof *memory);
    }
  }

  // curve: [kNibbleRows][kColumns] probabilities to begin with, in 1/2^16.
  void init(AdaptiveProbability* memory, uint32_t rows, const uint16_t* curve) {
    entry = group_row = row = nearest = memory;
    for (size_t i = 0; i < kNibbleRows * kColumns; ++i) {
      memory[i] = adaptive_probability(uint32_t{curve[i]} << 6, kStartCount);
    }
    for (size_t r = kNibbleRows; r < rows; r += kNibbleRows) {
      std::memcpy(memory + r * kColumns, memory, kNibbleRows * kColumns * sizeof *memory);
    }
  }

  // At the start of a nibble. group: hash of the context, below rows / kNibbleRows.
  [[gnu::always_inline]] void enter(uint32_t group) {
    group_row = entry + size_t{group} * (kNibbleRows * kColumns);
    __builtin_prefetch(group_row + kColumns, 1);
    __builtin_prefetch(group_row + 2 * kColumns, 1);
    __builtin_prefetch(group_row + 3 * kColumns, 1);
  }

  // Before each decision. node: of its nibble, from 1. The rows of both decisions that can follow
  // lie side by side.
  [[gnu::always_inline]] void choose(uint32_t node) {
    row = group_row + node * kColumns;
    if (node >= kNibbleRows / 2) return;
    __builtin_prefetch(row + node * kColumns, 1);
    __builtin_prefetch(row + (node + 1) * kColumns, 1);
  }

  // In place of both: the row of a decision by its number.
  [[gnu::always_inline]] void choose_row(uint32_t number) { row = entry + number * kColumns; }

  // Refined probability of a 1 in 1/2^24.
  [[gnu::always_inline]] uint32_t refine(int logit) {
    const int size = logit < 0 ? -logit : logit;
    int place = size > kFine ? kFine + ((size - kFine) >> 1) : size;
    place = place > kMost ? kMost : place;
    const auto at = static_cast<uint32_t>(kMost + (logit < 0 ? -place : place));
    const uint32_t weight = at & (codec::kLogitOne - 1);
    AdaptiveProbability* e = row + at / codec::kLogitOne;
    nearest = e + (weight >> 7);
    const uint32_t low = e[0] >> 10;
    const uint32_t high = e[1] >> 10;
    return (low * (codec::kLogitOne - weight) + high * weight) >> 6;
  }

  [[gnu::always_inline]] void update(uint32_t bit) { *nearest = updated(*nearest, bit); }
};

}  // namespace pith::ngram
