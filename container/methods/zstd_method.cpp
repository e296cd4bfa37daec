#include "container/methods/zstd_method.h"

// For contexts in memory of our own: every allocation goes through the object's hooks.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include <algorithm>
#include <utility>

namespace pith::container {
namespace {

constexpr int kMethodLevel = 19;
constexpr int kProbeLevel = 1;

// Parameters for one call on a whole block: what zstd would choose for its size, with a window over
// all of it.
ZSTD_compressionParameters parameters(int level, size_t raw_size) {
  ZSTD_compressionParameters params = ZSTD_getCParams(level, raw_size, 0);
  unsigned window_log = ZSTD_WINDOWLOG_MIN;
  while ((size_t{1} << window_log) < raw_size) ++window_log;
  if (level == kMethodLevel) params.windowLog = std::max(params.windowLog, window_log);
  return ZSTD_adjustCParams(params, raw_size, 0);
}

size_t context_memory(int level, size_t raw_size) {
  return ZSTD_estimateCCtxSize_usingCParams(parameters(level, raw_size));
}

size_t compress(int level, std::span<const uint8_t> raw, std::span<uint8_t> coded,
                std::span<uint8_t> memory) {
  ZSTD_CCtx* context = ZSTD_initStaticCCtx(memory.data(), memory.size());
  if (context == nullptr) return 0;
  const ZSTD_compressionParameters params = parameters(level, raw.size());
  const std::pair<ZSTD_cParameter, int> settings[] = {
      {ZSTD_c_windowLog, static_cast<int>(params.windowLog)},
      {ZSTD_c_chainLog, static_cast<int>(params.chainLog)},
      {ZSTD_c_hashLog, static_cast<int>(params.hashLog)},
      {ZSTD_c_searchLog, static_cast<int>(params.searchLog)},
      {ZSTD_c_minMatch, static_cast<int>(params.minMatch)},
      {ZSTD_c_targetLength, static_cast<int>(params.targetLength)},
      {ZSTD_c_strategy, static_cast<int>(params.strategy)},
      {ZSTD_c_enableLongDistanceMatching, ZSTD_ps_disable},  // its memory is not in the estimate
      {ZSTD_c_contentSizeFlag, 0},
      {ZSTD_c_checksumFlag, 0},
      {ZSTD_c_dictIDFlag, 0},
  };
  for (const auto& [parameter, value] : settings) {
    if (ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value)) != 0) return 0;
  }
  const size_t size = ZSTD_compress2(context, coded.data(), coded.size(), raw.data(), raw.size());
  return ZSTD_isError(size) != 0 ? 0 : size;
}

}  // namespace

size_t zstd_encode_memory(size_t raw_size) { return context_memory(kMethodLevel, raw_size); }
size_t zstd_probe_memory(size_t raw_size) { return context_memory(kProbeLevel, raw_size); }
size_t zstd_decode_memory() { return ZSTD_estimateDCtxSize(); }

size_t zstd_encode(std::span<const uint8_t> raw, std::span<uint8_t> coded,
                   std::span<uint8_t> memory) {
  return compress(kMethodLevel, raw, coded, memory);
}

size_t zstd_probe(std::span<const uint8_t> raw, std::span<uint8_t> scratch,
                  std::span<uint8_t> memory) {
  return compress(kProbeLevel, raw, scratch, memory);
}

bool zstd_decode(std::span<const uint8_t> coded, std::span<uint8_t> raw,
                 std::span<uint8_t> memory) {
  ZSTD_frameHeader header;
  if (ZSTD_getFrameHeader(&header, coded.data(), coded.size()) != 0) return false;
  if (header.frameType != ZSTD_frame || header.dictID != 0) return false;
  const size_t frame_size = ZSTD_findFrameCompressedSize(coded.data(), coded.size());
  if (ZSTD_isError(frame_size) != 0 || frame_size != coded.size()) return false;
  ZSTD_DCtx* context = ZSTD_initStaticDCtx(memory.data(), memory.size());
  if (context == nullptr) return false;
  const size_t size =
      ZSTD_decompressDCtx(context, raw.data(), raw.size(), coded.data(), coded.size());
  return ZSTD_isError(size) == 0 && size == raw.size();
}

}  // namespace pith::container
