// Where every frame and block of a seekable file lies, learned from its footers alone
// (docs/format.md section 4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "container/base/status.h"
#include "container/format/format.h"
#include "container/reader/reader_source.h"

namespace pith::container {

struct FrameRecord {
  FrameHeader header;
  Hash128 content_hash{};
  uint64_t header_size = 0;   // bytes
  uint64_t coded_offset = 0;  // of the header, in the file, bytes
  uint64_t coded_size = 0;    // with header and footer, bytes
  uint64_t body_size = 0;     // of the blocks alone, bytes
  uint64_t raw_offset = 0;    // in the raw data of all frames, bytes
  uint64_t raw_size = 0;      // bytes
  uint64_t first_block = 0;   // number over all frames
  uint64_t blocks = 0;
  uint64_t places = 0;  // index in FrameTable::places_ of its first block
};

// Where a block begins, counted from the start of its frame's first block.
struct BlockPlace {
  uint64_t coded_offset = 0;  // bytes
  uint64_t raw_offset = 0;    // bytes
};

// A block as the index describes it. Offsets are those of the file and of the raw data of all
// frames.
struct BlockRef {
  const FrameRecord* frame = nullptr;
  uint64_t frame_number = 0;
  uint64_t number = 0;        // within its frame
  uint64_t coded_offset = 0;  // bytes
  uint64_t coded_size = 0;    // header and payload, bytes
  uint64_t raw_offset = 0;    // bytes
  uint64_t raw_size = 0;      // bytes
};

class FrameTable {
 public:
  explicit FrameTable(std::pmr::memory_resource* resource)
      : resource_(resource), frames_(resource), places_(resource) {}

  // Walks from the end of the file to its start, two or three reads a frame. Memory is in
  // proportion to the bytes of the file, whatever the footers claim: an index is believed only
  // after its check, and only if the blocks it lists fit in the file.
  Status open(const SourceReader& source);

  [[nodiscard]] const std::pmr::vector<FrameRecord>& frames() const { return frames_; }
  [[nodiscard]] uint64_t raw_size() const { return raw_size_; }  // over all frames, bytes
  [[nodiscard]] uint64_t blocks() const { return blocks_; }      // over all frames
  // index < blocks().
  [[nodiscard]] BlockRef block(uint64_t index) const;
  // Number, over all frames, of the block that holds a raw byte; raw_offset < raw_size().
  [[nodiscard]] uint64_t block_at(uint64_t raw_offset) const;

 private:
  Status open_last_frame(const SourceReader& source, uint64_t end, uint64_t* start);
  Status add_frame(const FrameHeader& header, const Footer& footer, uint64_t start);
  void number_frames();

  std::pmr::memory_resource* resource_;
  std::pmr::vector<FrameRecord> frames_;
  std::pmr::vector<BlockPlace>
      places_;  // frame after frame, in the order in which they were opened
  uint64_t raw_size_ = 0;
  uint64_t blocks_ = 0;
};

// Why a file whose footers make no sense is not a whole pith file: walks forwards over the headers,
// reading no payload, and returns the error that a decoder would meet. PITH_OK if it finds none.
Status diagnose_forwards(const SourceReader& source);

}  // namespace pith::container
