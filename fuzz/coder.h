// Coding with limits, for targets: what to give a decoder, and what it gave.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pith/pith.h"

namespace pith::fuzz {

using Bytes = std::vector<uint8_t>;
using View = std::span<const uint8_t>;

// What targets allow: enough for small blocks of every level, and little enough to be fast.
inline constexpr uint64_t kMemoryLimit = uint64_t{32} << 20;  // bytes
inline constexpr uint64_t kOutputLimit = 4 << 10;             // bytes

// Ends the process, which libFuzzer takes for a finding, unless what must hold does.
void require(bool holds, const char* what);

// A prior and a model of the user's own, small and of fixed contents, that every coder here is
// given. They live as long as the process.
[[nodiscard]] const pith_prior* own_prior();
[[nodiscard]] const pith_model* own_model();
// Their files.
[[nodiscard]] Bytes own_prior_file();
[[nodiscard]] Bytes own_model_file();

struct EncodeSettings {
  int level = 1;
  uint64_t block_size = 1024;  // bytes
  unsigned threads = 1;
  bool verify = false;
  bool with_own_prior = false;
  bool with_built_in_priors = true;
  uint64_t cuts = 0;  // seed of the sizes of buffers; 0: everything at once
};

// A frame of raw, whose parts are flushed where flush_every (0: nowhere) says. Levels 5 to 9 use
// own_model().
[[nodiscard]] Bytes encode(View raw, const EncodeSettings& settings, size_t flush_every = 0);

struct DecodeSettings {
  uint64_t memory_limit = kMemoryLimit;
  uint64_t output_limit = kOutputLimit;
  unsigned threads = 1;
  bool ignore_trailing = false;
  uint64_t cuts = 0;  // as above
};

struct Decoded {
  int status = PITH_OK;  // PITH_END or an error
  Bytes bytes;           // handed out until then
  uint64_t peak = 0;     // bytes that the decoder had allocated at once
  pith_error error = {};
};

[[nodiscard]] Decoded decode(View coded, const DecodeSettings& settings);

// Compressed data in memory.
[[nodiscard]] pith_source source_of(const View* data);

}  // namespace pith::fuzz
