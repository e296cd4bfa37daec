#include "container/recover/recover_plan.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

namespace pith::container {

// Frames are claimed in two rounds. First those that lie in the data exactly as their footer says:
// most damage changes bytes and moves none. Last frames first, so that a pith file inside a block
// is seen to be inside. Then, between them, what was moved by missing, foreign or repeated bytes.
Status RecoveryPlan::make() {
  for (size_t i = items_.size(); i-- > 0;) {
    if (items_[i].kind == ItemKind::kFooter && !settled_[i]) PITH_TRY(claim_in_place(i));
  }
  // A segment of what is left: a header at its beginning at most, a footer at its end at most.
  for (size_t begin = 0; begin < items_.size();) {
    size_t end = begin;
    while (end < items_.size() && !settled_[end]) {
      if (end > begin && items_[end].kind == ItemKind::kHeader) break;
      if (items_[end++].kind == ItemKind::kFooter) break;
    }
    if (end > begin) PITH_TRY(plan_segment(begin, end));
    begin = std::max(end, begin + 1);
  }
  order_frames();
  return {};
}

// ---- Footers
// ---------------------------------------------------------------------------------------------

Status RecoveryPlan::load_index(size_t footer_item, Footer* footer) {
  PITH_TRY(load_footer(source_, items_[footer_item], footer, resource_));
  index_.clear();
  index_.reserve(footer->blocks.size());
  Listed next;
  next.coded_offset = footer->header_size;
  for (const IndexEntry& entry : footer->blocks) {
    next.coded_size = entry.coded_total;
    next.raw_size = entry.raw_size;
    index_.push_back(next);
    next.coded_offset += entry.coded_total;
    next.raw_offset += entry.raw_size;
  }
  return {};
}

// Place in the index of a block like this one; kNoItem: it is not listed.
size_t RecoveryPlan::listed(const ScanItem& item) const {
  const auto at = std::lower_bound(
      index_.begin(), index_.end(), item.raw_offset,
      [](const Listed& entry, uint64_t raw_offset) { return entry.raw_offset < raw_offset; });
  const bool same = item.kind == ItemKind::kBlock && at != index_.end() &&
                    at->raw_offset == item.raw_offset && at->raw_size == item.raw_size &&
                    at->coded_size == item.size;
  return same ? static_cast<size_t>(at - index_.begin()) : kNoItem;
}

uint32_t RecoveryPlan::add_frame(size_t header, size_t footer, const Footer* loaded) {
  PlannedFrame frame;
  frame.header = header;
  frame.footer = footer;
  if (loaded != nullptr) {
    frame.raw_size = loaded->raw_total;
    frame.content_hash = loaded->content_hash;
    frame.has_content_hash =
        !loaded->blocks.empty() && has_content_hash(loaded->blocks.size(), loaded->blocks.front());
    frame.tail_missing = loaded->footer_size - items_[footer].size;
  }
  frames_.push_back(frame);
  const auto number = static_cast<uint32_t>(frames_.size() - 1);
  if (header != kNoItem) give(header, number);
  if (footer != kNoItem) give(footer, number);
  return number;
}

void RecoveryPlan::give(size_t item, uint32_t frame) {
  items_[item].frame = frame;
  settled_[item] = true;
  frames_[frame].first = std::min(frames_[frame].first, item);
}

// ---- Frames that lie where their footer says
// ---------------------------------------------------------------

Status RecoveryPlan::claim_in_place(size_t footer_item) {
  Footer footer(resource_);
  PITH_TRY(load_index(footer_item, &footer));
  const uint64_t before = footer.coded_total - footer.footer_size;  // bytes of header and blocks
  if (before > items_[footer_item].offset) return {};
  const uint64_t start = items_[footer_item].offset - before;
  size_t header = kNoItem;
  if (!begins_at(start, footer_item, footer.header_size, &header)) return {};

  const uint32_t frame = add_frame(header, footer_item, &footer);
  // Blocks in their places first: a copy elsewhere must not push them out.
  for (const bool in_place : {true, false}) {
    for (size_t i = footer_item; i-- > 0 && items_[i].offset >= start;) {
      const size_t place = listed(items_[i]);
      if (settled_[i] || place == kNoItem || index_[place].item != kNoItem) continue;
      if (in_place && items_[i].offset != start + index_[place].coded_offset) continue;
      index_[place].item = i;
      give(i, frame);
    }
  }
  // Everything else in there is foreign.
  for (size_t i = footer_item; i-- > 0 && items_[i].offset >= start;) settled_[i] = true;
  return {};
}

// Whether there is a header or footer in [begin, end), end being a footer. Looks from the end, so
// that all footers together look at each item once.
bool RecoveryPlan::other_inside(Items begin, Items end) {
  const auto not_block = [](const ScanItem& item) { return item.kind != ItemKind::kBlock; };
  return std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(begin),
                      not_block) != std::make_reverse_iterator(begin);
}

// Whether a block in [begin, end) is listed and lies where the index of a frame that begins at
// start says. Goes through the index, which has as many bytes as it has a right to take time.
bool RecoveryPlan::any_in_place(uint64_t start, Items begin, Items end) const {
  return std::any_of(index_.begin(), index_.end(), [&](const Listed& entry) {
    const auto at = first_from(begin, end, start + entry.coded_offset);
    return at != end && at->offset == start + entry.coded_offset &&
           listed(*at) == static_cast<size_t>(&entry - index_.data());
  });
}

// The first item in [begin, end) at this offset or behind.
RecoveryPlan::Items RecoveryPlan::first_from(Items begin, Items end, uint64_t offset) {
  return std::lower_bound(begin, end, offset,
                          [](const ScanItem& item, uint64_t from) { return item.offset < from; });
}

// Whether the frame of the index in hand begins at start, for all one can tell.
bool RecoveryPlan::begins_at(uint64_t start, size_t footer_item, uint64_t header_size,
                             size_t* header) const {
  const auto footer = items_.begin() + static_cast<ptrdiff_t>(footer_item);
  auto at = first_from(items_.begin(), footer, start);
  const auto i = static_cast<size_t>(at - items_.begin());
  const bool has_header =
      i < footer_item && at->offset == start && !settled_[i] && fits(*at, header_size);
  if (has_header) {
    *header = i;
    ++at;
  }
  // Other frames inside: files in damaged blocks, or frames that were moved here. Only where blocks
  // of this one lie in their places are they the former.
  if (other_inside(at, footer)) return has_header && any_in_place(start, at, footer);
  if (has_header || start == 0) return true;
  return i > 0 && items_[i - 1].kind == ItemKind::kFooter && items_[i - 1].end() == start;
}

// Whether an item may be the header of the frame of the index in hand.
bool RecoveryPlan::fits(const ScanItem& item, uint64_t header_size) const {
  return item.kind == ItemKind::kHeader && item.size == header_size &&
         std::all_of(index_.begin(), index_.end(),
                     [&item](const Listed& entry) { return entry.raw_size <= item.raw_size; });
}

// ---- Frames that were moved or lost an end
// -----------------------------------------------------------------

Status RecoveryPlan::plan_segment(size_t begin, size_t end) {
  size_t header = kNoItem;
  if (items_[begin].kind == ItemKind::kHeader) header = begin++;
  if (end > begin && items_[end - 1].kind == ItemKind::kFooter) {
    return plan_displaced(begin, end - 1, header);
  }
  plan_without_footer(begin, end, header);
  return {};
}

// Blocks from begin up to a footer. Those the index lists are its own; blocks before the first of
// them are of an earlier frame, whose footer was lost together with this one's header.
Status RecoveryPlan::plan_displaced(size_t begin, size_t footer_item, size_t header) {
  Footer footer(resource_);
  PITH_TRY(load_index(footer_item, &footer));
  size_t first_own = footer_item;
  for (size_t i = footer_item; i-- > begin;) {
    const size_t place = listed(items_[i]);
    if (place == kNoItem) continue;
    size_t& own = index_[place].item;
    if (own == kNoItem) {
      own = first_own = i;
    } else if (items_[own].raw_hash == items_[i].raw_hash) {
      settled_[i] = true;  // a copy
    } else {
      break;  // another block for the same place: here ends an earlier frame
    }
  }
  // So is a header that cannot be this one's.
  bool earlier = header != kNoItem && !fits(items_[header], footer.header_size);
  for (size_t i = begin; i < first_own; ++i) earlier = earlier || !settled_[i];
  if (earlier) {
    plan_without_footer(begin, first_own, header);
    header = kNoItem;
  }
  const uint32_t frame = add_frame(header, footer_item, &footer);
  for (const Listed& entry : index_) {
    if (entry.item != kNoItem) give(entry.item, frame);
  }
  for (size_t i = first_own; i < footer_item; ++i) settled_[i] = true;
  return {};
}

// Blocks of frames without a footer. Raw offsets that lead to a place that is taken begin a new
// frame.
void RecoveryPlan::plan_without_footer(size_t begin, size_t end, size_t header) {
  std::pmr::map<uint64_t, size_t> placed(resource_);  // raw offset to item, of the frame in work
  uint32_t frame = kNoFrame;
  if (header != kNoItem) frame = add_frame(header, kNoItem, nullptr);
  for (size_t i = begin; i < end; ++i) {
    if (settled_[i]) continue;
    const ScanItem& block = items_[i];
    // Blocks in their places do not overlap, so the last one that begins before this one ends
    // tells.
    if (auto next = placed.lower_bound(block.raw_end()); next != placed.begin()) {
      const ScanItem& before = items_[std::prev(next)->second];
      if (before.raw_offset == block.raw_offset && before.raw_size == block.raw_size &&
          before.raw_hash == block.raw_hash) {
        settled_[i] = true;  // a copy
        continue;
      }
      if (before.raw_end() > block.raw_offset) {
        placed.clear();
        frame = kNoFrame;
      }
    }
    if (frame == kNoFrame) frame = add_frame(kNoItem, kNoItem, nullptr);
    placed.emplace(block.raw_offset, i);
    give(i, frame);
  }
}

// Frames were made in any order; they are handed out in the order of the data.
void RecoveryPlan::order_frames() {
  std::pmr::vector<uint32_t> order(frames_.size(), resource_);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [this](uint32_t a, uint32_t b) { return frames_[a].first < frames_[b].first; });
  std::pmr::vector<PlannedFrame> sorted(resource_);
  std::pmr::vector<uint32_t> new_number(frames_.size(), resource_);
  sorted.reserve(frames_.size());
  for (uint32_t old : order) {
    new_number[old] = static_cast<uint32_t>(sorted.size());
    sorted.push_back(frames_[old]);
  }
  frames_ = std::move(sorted);
  for (ScanItem& item : items_) {
    if (item.frame != kNoFrame) item.frame = new_number[item.frame];
  }
}

}  // namespace pith::container
