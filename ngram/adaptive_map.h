// Adaptive probability maps (secondary symbol estimation): refine a probability by what came of it
// in a context.
//
// A row holds probabilities at logits half a nat apart; in between they are interpolated, and the
// nearer one learns.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/logistic.h"
#include "ngram/adaptive_probability.h"

namespace pith::ngram {

struct AdaptiveMap {
  static constexpr int kStep = codec::kLogitOne / 2;
  static constexpr size_t kColumns = 2 * (codec::kLogitMax + 1) / kStep + 1;
  static constexpr uint32_t kStartCount = 6;  // what the starting curve is worth, bits

  AdaptiveProbability* entry;  // [rows][kColumns]
  AdaptiveProbability* nearest;

  void init(AdaptiveProbability* memory, uint32_t rows) {
    entry = nearest = memory;
    for (size_t column = 0; column < kColumns; ++column) {
      const int logit = (static_cast<int>(column) - static_cast<int>(kColumns / 2)) * kStep;
      const uint32_t p = codec::squash(codec::clamp_logit(logit)) >> 2;
      for (uint32_t r = 0; r < rows; ++r)
        entry[r * kColumns + column] = adaptive_probability(p, kStartCount);
    }
  }

  // Refined probability of a 1 in 1/2^24.
  [[gnu::always_inline]] uint32_t refine(int logit, uint32_t row) {
    const auto at = static_cast<uint32_t>(logit + codec::kLogitMax + 1);
    const uint32_t column = at / kStep;
    const uint32_t weight = at % kStep;
    AdaptiveProbability* e = entry + row * kColumns + column;
    nearest = e + (weight >= kStep / 2);
    const uint64_t low = e[0] >> 10;
    const uint64_t high = e[1] >> 10;
    return static_cast<uint32_t>((low * (kStep - weight) + high * weight) >> 5);
  }

  [[gnu::always_inline]] void update(uint32_t bit) { *nearest = updated(*nearest, bit, 255); }
};

}  // namespace pith::ngram
