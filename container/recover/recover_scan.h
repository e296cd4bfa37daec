// First step of recovery: finds everything in damaged data that proves itself (docs/format.md
// section 10).
//
// The data is read once, forwards, through a window of fixed size. What is found is listed, not
// kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "container/base/allocator.h"
#include "container/base/status.h"
#include "container/format/format.h"
#include "container/reader/reader_source.h"

namespace pith::container {

enum class ItemKind : uint8_t { kHeader, kBlock, kFooter };

inline constexpr uint32_t kNoFrame = UINT32_MAX;

// A structure whose checks hold: of a block, those of header and payload.
struct ScanItem {
  uint64_t offset = 0;        // in the data, bytes
  uint64_t size = 0;          // bytes; a footer whose tail is damaged: without the tail
  uint64_t raw_offset = 0;    // blocks: in their frame, bytes
  uint64_t raw_hash = 0;      // blocks
  uint32_t raw_size = 0;      // blocks: bytes; headers: largest of the frame's blocks, bytes
  uint32_t frame = kNoFrame;  // index of the frame it was given to
  ItemKind kind = ItemKind::kBlock;

  [[nodiscard]] uint64_t end() const { return offset + size; }
  [[nodiscard]] uint64_t raw_end() const { return raw_offset + raw_size; }
};

class Scanner {
 public:
  // memlimit: bytes that resource may hand out, 0 = no limit.
  Scanner(const SourceReader& source, HookResource* resource, uint64_t memlimit);

  // Appends what it finds in the order of the data; structures never overlap. PITH_ERR_MEMLIMIT if
  // the list does not fit the limit. Throws std::bad_alloc.
  Status scan(std::pmr::vector<ScanItem>* items);

 private:
  static constexpr size_t kWindow = size_t{64} << 10;  // bytes

  // Up to `size` bytes (at most kWindow) from offset on, fewer only at the end of the data.
  Status view(uint64_t offset, size_t size, std::span<const uint8_t>* bytes);
  Status next_candidate(uint64_t* offset);
  // *found: whether a structure begins at offset; *skip: where to go on looking if none does.
  Status prove(uint64_t offset, ScanItem* item, bool* found, uint64_t* skip);
  Status prove_payload(const BlockHeader& header, size_t header_size, ScanItem* item, bool* found,
                       uint64_t* skip);
  Status prove_footer(ScanItem* item, bool* found);
  Status measure_footer(uint64_t offset, uint64_t* size);
  [[nodiscard]] bool patient() const;
  Status room_for(uint64_t bytes) const;

  const SourceReader& source_;
  HookResource* resource_;
  uint64_t memlimit_;
  Buffer window_;
  uint64_t window_offset_ = 0;
  size_t window_size_ = 0;
  uint64_t read_in_vain_ = 0;  // bytes
};

// Reads back the footer of an item that the scan found.
Status load_footer(const SourceReader& source, const ScanItem& item, Footer* footer,
                   std::pmr::memory_resource* resource);

}  // namespace pith::container
