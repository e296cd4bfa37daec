// How well a network alone predicts texts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/train/packed_text.h"
#include "model/train/training_run.h"

namespace pith::train {

struct TextLoss {
  double bits = 0;     // ideal code length
  uint64_t bytes = 0;  // of the tokens: after line ends became LF, without separators
  uint64_t tokens = 0;

  [[nodiscard]] double bits_per_byte() const {
    return bytes == 0 ? 0 : bits / static_cast<double>(bytes);
  }
};

// The losses of all files of a text under the run's network with these weights: its average, or the
// last ones; quantised if the run has come so far. Every document starts with no history. Uses that
// many threads; the result does not depend on it. token_bytes [V]: length of each token.
[[nodiscard]] std::vector<TextLoss> evaluate(const TrainingRun& run, std::span<const float> weights,
                                             const PackedText& text,
                                             std::span<const uint8_t> token_bytes, size_t threads);

}  // namespace pith::train
