// How well a network alone predicts texts.
#pragma once

#include <cstdint>
#include <span>

#include "model/train/network.h"
#include "model/train/packed_text.h"

namespace pith::train {

struct TextLoss {
  double bits = 0;     // ideal code length
  uint64_t bytes = 0;  // of the tokens: after line ends became LF, without separators
  uint64_t tokens = 0;

  [[nodiscard]] double bits_per_byte() const {
    return bytes == 0 ? 0 : bits / static_cast<double>(bytes);
  }
};

// The losses of all files of a text. Every document starts with no history. Uses that many threads;
// the result does not depend on it.
// token_bytes [V]: length of each token.
[[nodiscard]] std::vector<TextLoss> evaluate(const model::NetworkConfig& config,
                                             const Layout& layout, const model::ClassCut& cut,
                                             std::span<const float> weights, const PackedText& text,
                                             std::span<const uint8_t> token_bytes, size_t threads);

}  // namespace pith::train
