// Second step of recovery: which blocks belong to which frame (docs/format.md section 10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <span>
#include <vector>

#include "container/base/checksum.h"
#include "container/base/status.h"
#include "container/format/format.h"
#include "container/reader/reader_source.h"
#include "container/recover/recover_scan.h"

namespace pith::container {

inline constexpr size_t kNoItem = std::numeric_limits<size_t>::max();

struct PlannedFrame {
  size_t first = kNoItem;   // item it begins with
  size_t header = kNoItem;  // item
  size_t footer = kNoItem;  // item
  uint64_t raw_size = 0;    // bytes; known only with a footer
  bool has_content_hash = false;
  Hash128 content_hash{};
  uint64_t tail_missing = 0;  // bytes of the footer that its item lacks, because they are damaged

  [[nodiscard]] bool has_footer() const { return footer != kNoItem; }
};

// Gives every item its frame; what stays at kNoFrame is a copy of something, or foreign (such as a
// pith file inside a damaged stored block).
class RecoveryPlan {
 public:
  // items: what the scan found, in the order of the data.
  RecoveryPlan(const SourceReader& source, std::span<ScanItem> items,
               std::pmr::memory_resource* resource)
      : source_(source),
        items_(items),
        resource_(resource),
        frames_(resource),
        index_(resource),
        settled_(items.size(), false, resource) {}

  // Throws std::bad_alloc.
  Status make();
  // In the order of the data; ScanItem::frame is an index into it.
  [[nodiscard]] const std::pmr::vector<PlannedFrame>& frames() const { return frames_; }

 private:
  // A block that the footer in hand lists.
  struct Listed {
    uint64_t coded_offset = 0;  // from the start of its frame, bytes
    uint64_t coded_size = 0;    // bytes
    uint64_t raw_offset = 0;    // bytes
    uint64_t raw_size = 0;      // bytes
    size_t item = kNoItem;      // that was found for it
  };

  using Items = std::span<ScanItem>::iterator;

  Status load_index(size_t footer_item, Footer* footer);
  [[nodiscard]] size_t listed(const ScanItem& item) const;
  [[nodiscard]] bool fits(const ScanItem& item, uint64_t header_size) const;
  uint32_t add_frame(size_t header, size_t footer, const Footer* loaded);
  void give(size_t item, uint32_t frame);

  Status claim_in_place(size_t footer_item);
  [[nodiscard]] bool begins_at(uint64_t start, size_t footer_item, uint64_t header_size,
                               size_t* header) const;
  [[nodiscard]] static bool other_inside(Items begin, Items end);
  [[nodiscard]] bool any_in_place(uint64_t start, Items begin, Items end) const;
  [[nodiscard]] static Items first_from(Items begin, Items end, uint64_t offset);
  Status plan_segment(size_t begin, size_t end);
  Status plan_displaced(size_t begin, size_t footer_item, size_t header);
  void plan_without_footer(size_t begin, size_t end, size_t header);
  void order_frames();

  const SourceReader& source_;
  std::span<ScanItem> items_;
  std::pmr::memory_resource* resource_;
  std::pmr::vector<PlannedFrame> frames_;
  std::pmr::vector<Listed> index_;  // of the footer in hand
  std::pmr::vector<bool> settled_;  // [item]: its fate is known
};

}  // namespace pith::container
