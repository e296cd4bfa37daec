// How well a network in integers predicts texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/engine/engine.h"
#include "model/train/evaluate.h"

namespace pith::model_cli {

// The loss of each file: bits by the counts that files are coded with. threads: at most so many,
// one document each. token_bytes [V].
[[nodiscard]] std::vector<train::TextLoss> engine_loss(const model::Engine& engine,
                                                       const train::PackedText& text,
                                                       std::span<const uint8_t> token_bytes,
                                                       size_t threads);

}  // namespace pith::model_cli
