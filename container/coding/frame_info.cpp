#include "container/coding/frame_info.h"

#include <algorithm>

#include "container/coding/block_memory.h"
#include "container/coding/levels.h"

namespace pith::container {

pith_info frame_info(const FrameHeader& header) {
  pith_info info = {};
  info.format_version = kFormatVersion;
  info.level = header.level;
  info.block_size = header.block_size;
  info.decoder_memory = header.memory_bytes();
  info.raw_size = info.coded_size = info.blocks = PITH_UNKNOWN_POSITION;
  info.prior_id = header.prior_id;
  info.model_id = header.model_id;
  return info;
}

pith_info frame_info(const FrameHeader& header, const Footer& footer) {
  pith_info info = frame_info(header);
  info.raw_size = footer.raw_total;
  info.coded_size = footer.coded_total;
  info.blocks = footer.blocks.size();
  std::copy(footer.content_hash.begin(), footer.content_hash.end(), info.content_hash);
  return info;
}

uint64_t default_decode_memory_max() {
  uint64_t most = 0;
  for (int level = PITH_LEVEL_MIN; level <= PITH_LEVEL_MAX; ++level) {
    most = std::max(most, frame_decode_memory(level, level_traits(level).block_size));
  }
  return most;
}

}  // namespace pith::container
