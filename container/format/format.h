// The bytes of docs/format.md: frame header, block header, footer. Section numbers below are that
// document's.
//
// Serialisers write what the encoder decided. Parsers take untrusted bytes: they return need_more()
// while the structure is not whole, verify its check first, then that each field is in its range.
// What fields say about one another across structures (offsets in order, index against blocks) is
// the caller's to check.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "container/base/checksum.h"
#include "container/base/status.h"
#include "container/base/varint.h"
#include "ngram/content_kind.h"

namespace pith::container {

inline constexpr std::array<uint8_t, 8> kMagic = {0x89, 'p', 'i', 't', 'h', 0x0D, 0x0A, 0x1A};
inline constexpr std::array<uint8_t, 4> kBlockMarker = {0xB7, 'p', 'b', 0x0A};
inline constexpr std::array<uint8_t, 4> kFooterMarker = {0xB7, 'p', 'i', 0x0A};
inline constexpr std::array<uint8_t, 4> kEndMagic = {'h', 't', 'i', 'p'};
inline constexpr uint8_t kFormatVersion = 1;

inline constexpr size_t kMarkerSize = 4;
inline constexpr size_t kFrameHeaderMax = 51;  // bytes, all optional fields present
inline constexpr size_t kBlockHeaderMin = 21;  // bytes
inline constexpr size_t kBlockHeaderMax = 52;  // bytes
inline constexpr size_t kFooterMin = 10;  // bytes, marker up to check: the footer without blocks
inline constexpr size_t kFooterTailSize = 8;                  // footer size and end magic
inline constexpr uint64_t kFooterMax = UINT32_MAX;            // bytes, marker up to check
inline constexpr uint64_t kMemoryKibMax = uint64_t{1} << 40;  // a frame header may declare, KiB

enum class Method : uint8_t { kStored = 0, kZstd = 1, kNgram = 2, kNeural = 3 };

// ---- Section 2 ----
struct FrameHeader {
  uint8_t level = 0;
  uint32_t block_size = 0;  // bytes; 0: a frame without blocks
  uint64_t memory_kib = 0;  // KiB one worker needs to decode any block of the frame
  uint64_t prior_id = 0;    // 0: none
  uint64_t model_id = 0;    // 0: none

  [[nodiscard]] uint64_t memory_bytes() const { return memory_kib * 1024; }
};

struct SerialisedFrameHeader {
  std::array<uint8_t, kFrameHeaderMax> bytes{};
  size_t size = 0;
  [[nodiscard]] std::span<const uint8_t> span() const { return {bytes.data(), size}; }
};
[[nodiscard]] SerialisedFrameHeader serialise(const FrameHeader& header);

// *size: bytes of the header. PITH_ERR_FORMAT as soon as a byte of the magic differs.
Status parse_frame_header(std::span<const uint8_t> in, FrameHeader* header, size_t* size);

// ---- Section 3 ----
// Which prior a block is coded with: none, a number of one that is part of pith, or the one that
// the frame names.
inline constexpr uint8_t kNoPrior = 0;
inline constexpr uint8_t kBuiltInPriors = 3;  // 1..3; a number is never given to another prior
inline constexpr uint8_t kFramePrior = 15;
inline constexpr size_t kPriorKinds = 2;  // text and structured; other blocks have none

// Neural blocks are of one of these levels, the last one that is not above that of their frame.
inline constexpr uint8_t kNeuralLevel = 5;
inline constexpr uint8_t kDeepLevel = 7;
[[nodiscard]] constexpr uint8_t neural_level(int level) {
  return level < kDeepLevel ? kNeuralLevel : kDeepLevel;
}
// Its number in ngram/network_shape.h.
[[nodiscard]] constexpr size_t neural_shape(int level) { return level < kDeepLevel ? 0 : 1; }

struct BlockHeader {
  Method method = Method::kStored;
  ngram::ContentKind kind = ngram::ContentKind::kBinary;
  uint8_t level = 0;
  uint8_t prior = kNoPrior;  // of an n-gram or neural block of text or structured data
  uint64_t raw_offset = 0;   // in its frame, bytes; raw_offset + raw_size does not overflow
  uint32_t raw_size = 0;     // bytes
  uint32_t coded_size = 0;   // of the payload, bytes
  uint64_t raw_hash = 0;
  uint32_t payload_check = 0;  // 0 and not written for Method::kStored: raw_hash covers the payload
};

struct SerialisedBlockHeader {
  std::array<uint8_t, kBlockHeaderMax> bytes{};
  size_t size = 0;
  [[nodiscard]] std::span<const uint8_t> span() const { return {bytes.data(), size}; }
};
[[nodiscard]] SerialisedBlockHeader serialise(const BlockHeader& header);

// *size: bytes of the header. PITH_ERR_CORRUPT as soon as a byte of the marker differs.
Status parse_block_header(std::span<const uint8_t> in, BlockHeader* header, size_t* size);

// ---- Section 4 ----
struct IndexEntry {
  uint64_t coded_total = 0;  // header and payload, bytes
  uint64_t raw_size = 0;     // bytes
};

// Footer of a frame as it is read back from a seekable file.
struct Footer {
  explicit Footer(std::pmr::memory_resource* resource) : blocks(resource) {}

  uint64_t header_size = 0;  // of the frame header, bytes
  std::pmr::vector<IndexEntry> blocks;
  Hash128 content_hash{};    // zeros if absent
  uint64_t footer_size = 0;  // from its marker to its end magic, bytes
  uint64_t raw_total = 0;    // of the frame, bytes
  uint64_t coded_total = 0;  // of the frame with header and footer, bytes
};

// Whether a footer gives the content hash: not for a frame of one block that did not get smaller
// (its raw hash has to do, so that what cannot be compressed grows by 64 bytes at most), nor for
// one without blocks.
[[nodiscard]] inline bool has_content_hash(uint64_t blocks, const IndexEntry& first) {
  return blocks > 1 || (blocks == 1 && first.coded_total < first.raw_size);
}

// Grows as blocks are written; the memory is a few bytes a block.
class IndexWriter {
 public:
  explicit IndexWriter(std::pmr::memory_resource* resource) : entries_(resource) {}

  // PITH_ERR_PARAM once the footer would not fit its own size field (hundreds of millions of
  // blocks).
  Status add(const IndexEntry& entry);
  // The whole footer. content_hash is left out if there are no blocks.
  [[nodiscard]] std::pmr::vector<uint8_t> footer(size_t header_size,
                                                 const Hash128& content_hash) const;
  void clear();
  [[nodiscard]] uint64_t blocks() const { return blocks_; }

 private:
  std::pmr::vector<uint8_t> entries_;  // already in the form of the footer
  uint64_t blocks_ = 0;
  IndexEntry first_;
};

// The last 8 bytes of a frame: *footer_size = bytes of the whole footer, these 8 included.
// PITH_ERR_FORMAT without the end magic.
Status parse_footer_tail(std::span<const uint8_t, kFooterTailSize> tail, uint64_t* footer_size);

// A whole footer, tail included. Sums are checked for overflow; memory is in proportion to `in`.
Status parse_footer(std::span<const uint8_t> in, Footer* footer);

}  // namespace pith::container
