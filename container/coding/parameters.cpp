#include "container/coding/parameters.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "container/coding/block_memory.h"
#include "container/coding/levels.h"

namespace pith::container {

unsigned resolve_threads(uint64_t value) {
  if (value == 0) return std::max(1u, std::thread::hardware_concurrency());
  return static_cast<unsigned>(value);
}

Status EncoderParameters::set(pith_param param, uint64_t value) {
  switch (param) {
    case PITH_PARAM_LEVEL:
      PITH_CHECK(value >= PITH_LEVEL_MIN && value <= PITH_LEVEL_MAX, PITH_ERR_PARAM,
                 "the level is not 1..9");
      level = static_cast<int>(value);
      return {};
    case PITH_PARAM_BLOCK_SIZE:
      PITH_CHECK(value == 0 || (value >= PITH_BLOCK_SIZE_MIN && value <= PITH_BLOCK_SIZE_MAX),
                 PITH_ERR_PARAM, "the block size is not 1 KiB..256 MiB");
      block_size = static_cast<uint32_t>(value);
      return {};
    case PITH_PARAM_THREADS:
      PITH_CHECK(value <= kThreadsMax, PITH_ERR_PARAM, "more than 1024 threads");
      threads = resolve_threads(value);
      return {};
    case PITH_PARAM_MEMLIMIT:
      memory_limit = value;
      return {};
    case PITH_PARAM_VERIFY:
      PITH_CHECK(value <= 1, PITH_ERR_PARAM, "verify is 0 or 1");
      verify = value == 1;
      return {};
    case PITH_PARAM_BUILT_IN_PRIORS:
      PITH_CHECK(value <= 1, PITH_ERR_PARAM, "built-in priors are 0 or 1");
      built_in_priors = value == 1;
      return {};
    case PITH_PARAM_MAX_OUTPUT:
    case PITH_PARAM_IGNORE_TRAILING:
      break;
  }
  return Status::error(PITH_ERR_PARAM, "an encoder has no such parameter");
}

uint32_t EncoderParameters::effective_block_size() const {
  return block_size != 0 ? block_size : level_traits(level).block_size;
}

uint64_t EncoderParameters::memory(unsigned workers) const {
  const uint32_t size = effective_block_size();
  return memory_of_workers(workers, block_encode_memory(level, size, verify), 2 * uint64_t{size});
}

Status DecoderParameters::set(pith_param param, uint64_t value) {
  switch (param) {
    case PITH_PARAM_THREADS:
      PITH_CHECK(value <= kThreadsMax, PITH_ERR_PARAM, "more than 1024 threads");
      threads = resolve_threads(value);
      return {};
    case PITH_PARAM_MEMLIMIT:
      memory_limit = value;
      return {};
    case PITH_PARAM_MAX_OUTPUT:
      max_output = value;
      return {};
    case PITH_PARAM_IGNORE_TRAILING:
      PITH_CHECK(value <= 1, PITH_ERR_PARAM, "ignore-trailing is 0 or 1");
      ignore_trailing = value == 1;
      return {};
    case PITH_PARAM_LEVEL:
    case PITH_PARAM_BLOCK_SIZE:
    case PITH_PARAM_VERIFY:
    case PITH_PARAM_BUILT_IN_PRIORS:
      break;
  }
  return Status::error(PITH_ERR_PARAM, "a decoder has no such parameter");
}

uint64_t memory_of_workers(unsigned workers, uint64_t per_worker, uint64_t per_spare) {
  if (workers <= 1) return per_worker;
  if (per_worker > (std::numeric_limits<uint64_t>::max() - per_spare) / workers) {
    return std::numeric_limits<uint64_t>::max();
  }
  return workers * per_worker + per_spare;
}

unsigned workers_within(unsigned wanted, uint64_t limit, uint64_t per_worker, uint64_t per_spare) {
  if (limit == 0) return wanted;
  unsigned workers = wanted;
  while (workers > 1 && memory_of_workers(workers, per_worker, per_spare) > limit) --workers;
  return workers;
}

}  // namespace pith::container
