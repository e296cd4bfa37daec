#include "container/coding/block_memory.h"

#include <algorithm>

#include "container/coding/levels.h"
#include "container/methods/neural_method.h"
#include "container/methods/ngram_method.h"
#include "container/methods/zstd_method.h"
#include "ngram/start.h"

namespace pith::container {
namespace {

using ngram::ContentKind;

// The object itself, its lists, what finds the built-in priors.
constexpr uint64_t kFixedMemory = uint64_t{16} << 10;

// A zstd decoder; its size depends on zstd's version, so that there is room. It is the working
// memory of no other method.
constexpr uint64_t kZstdDecoderRoom = uint64_t{128} << 10;

// Of the starting values as they are unpacked.
uint64_t start_memory(int level) {
  const size_t index = std::min<size_t>(static_cast<size_t>(level), ngram::kNgramLevels) - 1;
  return ngram::start_words(ngram::kLevels[index]) * sizeof(uint16_t);
}

uint64_t ngram_need(int level, ContentKind kind, uint32_t raw_size) {
  return start_memory(level) +
         ngram_memory({.level = level, .kind = kind, .raw_size = raw_size, .prior = nullptr});
}

uint64_t neural_need(int level, uint32_t raw_size) {
  return start_memory(ngram::kNgramLevels) + neural_memory_declared(neural_shape(level), raw_size);
}

// The most over the methods and kinds of content that a level has.
uint64_t level_need(int level, uint32_t raw_size) {
  uint64_t most = 0;
  for (ContentKind kind : {ContentKind::kText, ContentKind::kStructured, ContentKind::kBinary}) {
    most = std::max(most, ngram_need(level, kind, raw_size));
  }
  return level_traits(level).network ? std::max(most, neural_need(level, raw_size)) : most;
}

}  // namespace

uint64_t block_decode_memory(const BlockHeader& header) {
  const uint64_t buffers = uint64_t{header.raw_size} + header.coded_size + kFixedMemory;
  switch (header.method) {
    case Method::kStored:
      return buffers;
    case Method::kZstd:
      return buffers + kZstdDecoderRoom;
    case Method::kNgram:
      return buffers + ngram_need(header.level, header.kind, header.raw_size);
    case Method::kNeural:
      break;
  }
  return buffers + neural_need(header.level, header.raw_size);
}

uint64_t frame_decode_memory(int level, uint32_t block_size) {
  return level_need(level, block_size) + 2 * uint64_t{block_size} + kFixedMemory;
}

uint64_t block_encode_memory(int level, uint32_t block_size, bool verify) {
  // A third block: decoded again, or coded the other way.
  const bool third = verify || level_traits(level).network;
  const uint64_t buffers = (third ? 3 : 2) * uint64_t{block_size} + kFixedMemory;
  const uint64_t modelled = level_need(level, block_size);
  if (!level_traits(level).zstd_where_close) return modelled + buffers;
  return std::max<uint64_t>(modelled, zstd_encode_memory(block_size)) + buffers;
}

}  // namespace pith::container
