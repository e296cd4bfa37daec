// The neural block method with the small network of own_model(): without the encoder, which has no
// use for a network of random weights.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fuzz/coder.h"

namespace pith::fuzz {

// shape: of ngram/network_shape.h. The payload of a block of text without a prior.
[[nodiscard]] Bytes neural_payload(View raw, size_t shape);
// Whether the payload is of raw_size bytes of text. They come exactly as far as they were decoded.
[[nodiscard]] bool decode_neural_payload(View payload, size_t shape, size_t raw_size, Bytes* raw);

// A frame of one block of that method. level: 5 or 7.
[[nodiscard]] Bytes neural_frame(View raw, int level);

}  // namespace pith::fuzz
