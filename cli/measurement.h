// One level on one piece of data: compressed, decompressed, compared, timed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "cli/context.h"

namespace pith::cli {

struct Measurement {
  int level = 0;
  uint64_t raw = 0;             // bytes
  uint64_t coded = 0;           // bytes
  double encode_seconds = 0;    // the fastest run
  double decode_seconds = 0;    // the fastest run
  uint64_t encoder_memory = 0;  // most bytes the library had allocated at a time
  uint64_t decoder_memory = 0;

  // Sizes and times add up, memory is that of the largest.
  void add(const Measurement& other);
};

// Nothing after a report under the given name.
[[nodiscard]] std::optional<Measurement> measure(std::span<const uint8_t> data, int level,
                                                 const std::string& name, Context* context);

}  // namespace pith::cli
