// The sticky parameters of encoders, decoders and readers, with their ranges.
#pragma once

#include <cstdint>

#include "container/base/status.h"

namespace pith::container {

inline constexpr uint64_t kThreadsMax = 1024;

// Number of workers that PITH_PARAM_THREADS asks for: 0 is one per processor.
[[nodiscard]] unsigned resolve_threads(uint64_t value);

struct EncoderParameters {
  int level = PITH_LEVEL_DEFAULT;
  uint32_t block_size = 0;  // bytes; 0: the level's own
  unsigned threads = 1;
  uint64_t memory_limit = 0;  // bytes; 0: none
  bool verify = false;
  bool built_in_priors = true;

  Status set(pith_param param, uint64_t value);
  // The one that counts, bytes.
  [[nodiscard]] uint32_t effective_block_size() const;
  // Bytes that encoding takes with that many workers.
  [[nodiscard]] uint64_t memory(unsigned workers) const;
};

struct DecoderParameters {
  unsigned threads = 1;
  uint64_t memory_limit = 0;  // bytes; 0: none
  uint64_t max_output = UINT64_MAX;
  bool ignore_trailing = false;

  Status set(pith_param param, uint64_t value);
};

// Most workers, up to wanted, whose memory fits the limit (0: none); at least 1. per_worker: bytes
// of one alone; per_spare: bytes of the buffers of the block that waits when there are several.
[[nodiscard]] unsigned workers_within(unsigned wanted, uint64_t limit, uint64_t per_worker,
                                      uint64_t per_spare);

// Bytes of `workers` workers; saturates.
[[nodiscard]] uint64_t memory_of_workers(unsigned workers, uint64_t per_worker, uint64_t per_spare);

}  // namespace pith::container
