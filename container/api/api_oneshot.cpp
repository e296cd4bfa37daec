// C API: whole buffers, and what a frame says of itself.
#include <algorithm>
#include <cstdint>
#include <span>

#include "container/api/api_object.h"
#include "container/coding/decoder.h"
#include "container/coding/encoder.h"
#include "container/coding/frame_info.h"
#include "container/coding/levels.h"
#include "container/format/frame_chain.h"

using pith::container::checked_add;
using pith::container::Decoder;
using pith::container::Encoder;
using pith::container::Footer;
using pith::container::FrameHeader;
using pith::container::guarded;
using pith::container::HookResource;
using pith::container::Status;

namespace {

// The smallest block size of any level decides how many headers and index entries a frame can have.
constexpr uint64_t kFewestBytesPerBlock = [] {
  uint64_t least = UINT64_MAX;
  for (const auto& level : pith::container::kLevels)
    least = std::min<uint64_t>(least, level.block_size);
  return least;
}();

bool buffers_valid(const void* dst, const size_t* dst_size, const void* src, size_t src_size) {
  return dst_size != nullptr && (dst != nullptr || *dst_size == 0) &&
         (src != nullptr || src_size == 0);
}

}  // namespace

size_t pith_bound(size_t src_size) {
  using namespace pith::container;
  // What does not shrink is stored: a block grows by its header and its entry in the index.
  constexpr uint64_t kFrame =
      kFrameHeaderMax + kFooterMin + kVarintMax + sizeof(Hash128) + kFooterTailSize;
  constexpr uint64_t kBlock = kBlockHeaderMax + 2 * kVarintMax;
  const uint64_t blocks =
      src_size / kFewestBytesPerBlock + (src_size % kFewestBytesPerBlock != 0 ? 1 : 0);
  uint64_t bound = 0;
  if (!checked_add(src_size, kFrame + blocks * kBlock, &bound) || bound > SIZE_MAX) return SIZE_MAX;
  return static_cast<size_t>(bound);
}

int pith_compress(void* dst, size_t* dst_size, const void* src, size_t src_size, int level) {
  if (!buffers_valid(dst, dst_size, src, src_size)) return PITH_ERR_PARAM;
  pith_out out = {dst, *dst_size, 0};
  pith_in in = {src, src_size, 0};
  *dst_size = 0;
  if (level < PITH_LEVEL_MIN || level > PITH_LEVEL_MAX) return PITH_ERR_PARAM;
  const Status status = guarded([&]() -> Status {
    HookResource resource(nullptr);
    Encoder encoder(&resource);
    PITH_TRY(encoder.set(PITH_PARAM_LEVEL, static_cast<uint64_t>(level)));
    bool ended = false;
    PITH_TRY(encoder.run(&out, &in, PITH_FINISH, &ended));
    PITH_CHECK(ended, PITH_ERR_DST_TOO_SMALL, nullptr);
    return {};
  });
  if (status.ok()) *dst_size = out.pos;
  return status.code;
}

int pith_decompress(void* dst, size_t* dst_size, const void* src, size_t src_size) {
  if (!buffers_valid(dst, dst_size, src, src_size)) return PITH_ERR_PARAM;
  pith_out out = {dst, *dst_size, 0};
  pith_in in = {src, src_size, 0};
  *dst_size = 0;
  const Status status = guarded([&]() -> Status {
    HookResource resource(nullptr);
    Decoder decoder(&resource);
    // A block that does not fit is refused before it is decoded.
    PITH_TRY(decoder.set(PITH_PARAM_MAX_OUTPUT, out.size));
    bool ended = false;
    PITH_TRY(decoder.run(&out, &in, PITH_FINISH, &ended));
    PITH_CHECK(ended, PITH_ERR_INTERNAL, nullptr);
    return {};
  });
  if (status.ok()) {
    *dst_size = out.pos;
    return PITH_OK;
  }
  if (status.code != PITH_ERR_OUTPUT_LIMIT) return status.code;
  const Status sized = guarded([&]() -> Status {
    HookResource resource(nullptr);
    uint64_t raw_size = 0;
    PITH_TRY(pith::container::total_raw_size({static_cast<const uint8_t*>(src), src_size},
                                             &resource, &raw_size));
    if (raw_size <= SIZE_MAX) *dst_size = static_cast<size_t>(raw_size);
    return {};
  });
  return sized.code == PITH_ERR_MEMORY ? PITH_ERR_MEMORY : PITH_ERR_DST_TOO_SMALL;
}

int pith_probe(pith_info* info, const void* src, size_t src_size) {
  if (info == nullptr || (src == nullptr && src_size != 0)) return PITH_ERR_PARAM;
  *info = {};
  const std::span<const uint8_t> data(static_cast<const uint8_t*>(src), src_size);
  const Status status = guarded([&]() -> Status {
    FrameHeader header;
    size_t header_size = 0;
    PITH_TRY(pith::container::parse_frame_header(data, &header, &header_size));
    *info = pith::container::frame_info(header);
    HookResource resource(nullptr);
    Footer footer(&resource);
    uint64_t frame_size = 0;
    const Status whole = pith::container::last_frame(data, &header, &footer, &frame_size);
    if (whole.ok() && frame_size == src_size) *info = pith::container::frame_info(header, footer);
    return {};
  });
  return status.code;
}
