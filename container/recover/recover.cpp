#include "container/recover/recover.h"

#include <algorithm>
#include <array>
#include <memory_resource>
#include <vector>

#include "container/base/checksum.h"
#include "container/coding/block_memory.h"
#include "container/methods/networks.h"
#include "container/reader/reader_block.h"
#include "container/recover/recover_plan.h"
#include "container/recover/recover_scan.h"

namespace pith::container {
namespace {

struct Extent {
  uint64_t begin = 0;
  uint64_t end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
};

constexpr uint64_t kUnknown = PITH_UNKNOWN_POSITION;

// Third step: decodes the blocks of every frame in the order of their raw offsets, and reports what
// is missing between them. Every byte of the data is either part of a structure in use or in a gap;
// every gap is reported once, with the raw bytes that it must have held.
class Distributor {
 public:
  Distributor(const SourceReader& source, const pith_recover_sink& sink, const FrameModels& given,
              uint64_t memlimit, HookResource* resource, const std::pmr::vector<ScanItem>& items)
      : source_(source),
        sink_(sink),
        given_(given),
        memlimit_(memlimit),
        resource_(resource),
        items_(items),
        gap_end_(items.size(), 0, resource),
        pieces_(resource),
        block_(resource),
        workspace_(resource) {}

  Status run(const std::pmr::vector<PlannedFrame>& frames);
  [[nodiscard]] bool lost_something() const { return lost_something_; }

 private:
  void prepare();
  Status lost_frame(const Extent& gap);
  Status hand_out(const PlannedFrame& frame, uint32_t number, Extent gap);
  Status read_model_id(const PlannedFrame& frame);
  Status decode(const ScanItem& item, bool* decoded);
  Status decode_neural(bool* decoded);
  Status give(const ScanItem& item);
  Status lose(uint64_t raw_begin, uint64_t raw_end, const Extent& gap);
  Status report();
  [[nodiscard]] Extent gap_after(size_t item) const { return {items_[item].end(), gap_end_[item]}; }

  const SourceReader& source_;
  const pith_recover_sink& sink_;
  FrameModels given_;
  uint64_t memlimit_;
  HookResource* resource_;
  const std::pmr::vector<ScanItem>& items_;
  std::pmr::vector<uint64_t> gap_end_;  // [item]: where the next structure in use begins
  std::pmr::vector<size_t> pieces_;     // blocks in use, by frame and raw offset
  uint64_t first_gap_end_ = 0;
  size_t next_piece_ = 0;
  LoadedBlock block_;
  BlockWorkspace workspace_;

  uint64_t frame_number_ = 0;  // as the sink sees it
  uint64_t model_id_ = 0;      // that the frame in work names; 0: none, or its header is lost
  bool has_loss_ = false;      // in loss_, not yet reported
  pith_lost loss_{};
  bool frame_complete_ = true;
  bool lost_something_ = false;
};

Status cancelled() { return Status::error(PITH_ERR_CANCELLED, "stopped by a callback"); }

Status Distributor::run(const std::pmr::vector<PlannedFrame>& frames) {
  prepare();
  // Bytes between frames: they were a frame, for all one can tell.
  Extent between{0, first_gap_end_};
  for (uint32_t number = 0; number < frames.size(); ++number) {
    const PlannedFrame& frame = frames[number];
    Extent gap = between;
    if (frame.header != kNoItem) {
      PITH_TRY(lost_frame(between));
      gap = gap_after(frame.header);
    }
    PITH_TRY(hand_out(frame, number, gap));
    if (frame.has_footer()) {
      between = gap_after(frame.footer);
      const uint64_t tail =
          between.begin + std::min(frame.tail_missing, between.end - between.begin);
      PITH_TRY(lose(frame.raw_size, frame.raw_size, {between.begin, tail}));
      PITH_TRY(report());
      between.begin = tail;
    } else {
      // The bytes behind it were reported as its own.
      const bool next = number + 1 < frames.size();
      between.begin = next ? items_[frames[number + 1].first].offset : source_.size();
      between.end = between.begin;
    }
    ++frame_number_;
  }
  return lost_frame(between);
}

// Gaps and the order of blocks.
void Distributor::prepare() {
  first_gap_end_ = source_.size();
  for (size_t i = items_.size(); i-- > 0;) {
    if (items_[i].frame == kNoFrame) continue;
    gap_end_[i] = first_gap_end_;
    first_gap_end_ = items_[i].offset;
    if (items_[i].kind == ItemKind::kBlock) pieces_.push_back(i);
  }
  std::sort(pieces_.begin(), pieces_.end(), [this](size_t a, size_t b) {
    const ScanItem& x = items_[a];
    const ScanItem& y = items_[b];
    return x.frame != y.frame ? x.frame < y.frame : x.raw_offset < y.raw_offset;
  });
}

Status Distributor::lost_frame(const Extent& gap) {
  if (gap.empty()) return {};
  PITH_TRY(lose(0, kUnknown, gap));
  PITH_TRY(report());
  ++frame_number_;
  return {};
}

// gap: bytes of the data between the frame's header (or the frame before) and its first structure.
Status Distributor::hand_out(const PlannedFrame& frame, uint32_t number, Extent gap) {
  Hasher128 content;
  frame_complete_ = true;
  PITH_TRY(read_model_id(frame));
  uint64_t raw = 0;
  for (; next_piece_ < pieces_.size() && items_[pieces_[next_piece_]].frame == number;
       ++next_piece_) {
    const size_t piece = pieces_[next_piece_];
    const ScanItem& item = items_[piece];
    PITH_TRY(lose(raw, item.raw_offset, gap));
    bool decoded = false;
    PITH_TRY(decode(item, &decoded));
    if (decoded) {
      PITH_TRY(give(item));
      content.update(block_.raw());
    } else {
      PITH_TRY(lose(item.raw_offset, item.raw_end(), {item.offset, item.end()}));
    }
    raw = item.raw_end();
    gap = gap_after(piece);
  }
  PITH_TRY(lose(raw, frame.has_footer() ? frame.raw_size : kUnknown, gap));
  PITH_TRY(report());
  // Blocks that are each whole, and yet not what was compressed: of another frame that was cut just
  // so.
  if (frame.has_content_hash && frame_complete_ && content.digest() != frame.content_hash) {
    const ScanItem& footer = items_[frame.footer];
    PITH_TRY(lose(0, kUnknown, {footer.offset, footer.end()}));
  }
  return report();
}

Status Distributor::read_model_id(const PlannedFrame& frame) {
  model_id_ = 0;
  if (frame.header == kNoItem) return {};
  std::array<uint8_t, kFrameHeaderMax> bytes;
  std::span<const uint8_t> got;
  PITH_TRY(source_.read_some(bytes, items_[frame.header].offset, &got));
  FrameHeader header;
  size_t size = 0;
  if (parse_frame_header(got, &header, &size).ok()) model_id_ = header.model_id;
  return {};
}

// The block fetched, with the network its frame names; where the frame's header is lost, with those
// at hand: its hash tells which is right.
Status Distributor::decode_neural(bool* decoded) {
  std::array<const model::LanguageModel*, 2> networks = {given_.network, nullptr};
  if (model_id_ != 0) {
    PITH_TRY(find_network(model_id_, given_.network, networks.data()));
  } else {
    PITH_TRY(built_in_network(&networks[1]));
  }
  Status status;
  for (const model::LanguageModel* network : networks) {
    if (network == nullptr || *decoded) continue;
    status = block_.decode({given_.prior, network}, &workspace_, nullptr);
    *decoded = status.ok();
  }
  return status;
}

// Errors are those that end recovery; a block that cannot be decoded is not one.
Status Distributor::decode(const ScanItem& item, bool* decoded) {
  BlockHeader header;
  size_t size = 0;
  Status status = read_block_header(source_, item.offset, &header, &size);
  if (status.ok() && size + header.coded_size == item.size && header.raw_size == item.raw_size) {
    if (memlimit_ != 0) {
      block_.release();
      workspace_.release();
      const uint64_t needed = resource_->bytes_in_use() + block_decode_memory(header);
      if (needed > memlimit_) {
        status = Status::error(PITH_ERR_MEMLIMIT, "a block needs more memory than the limit");
        status.offset = item.offset;
        status.needed = needed;
        return status;
      }
    }
    status = block_.fetch(source_, header, item.offset + size);
    if (status.ok()) {
      status = header.method == Method::kNeural
                   ? decode_neural(decoded)
                   : block_.decode({given_.prior, nullptr}, &workspace_, nullptr);
      *decoded = status.ok();
    }
  }
  const bool ends = status.code == PITH_ERR_IO || status.code == PITH_ERR_PRIOR ||
                    status.code == PITH_ERR_MODEL || status.code == PITH_ERR_INTERNAL;
  return ends ? status : Status{};
}

Status Distributor::give(const ScanItem& item) {
  PITH_TRY(report());
  const std::span<const uint8_t> raw = block_.raw();
  const int answer =
      sink_.on_data(sink_.opaque, frame_number_, item.raw_offset, raw.data(), raw.size());
  return answer == 0 ? Status{} : cancelled();
}

// Notes that the raw bytes [raw_begin, raw_end) are missing, and the bytes of the data that took
// their place. Losses that touch are reported as one.
Status Distributor::lose(uint64_t raw_begin, uint64_t raw_end, const Extent& gap) {
  if (raw_begin == raw_end && gap.empty()) return {};
  const uint64_t raw_size = raw_end == kUnknown ? kUnknown : raw_end - raw_begin;
  if (has_loss_ && loss_.raw_offset + loss_.raw_size == raw_begin &&
      loss_.coded_offset + loss_.coded_size == gap.begin) {
    loss_.raw_size = raw_size == kUnknown ? kUnknown : loss_.raw_size + raw_size;
    loss_.coded_size += gap.end - gap.begin;
    return {};
  }
  PITH_TRY(report());
  loss_ = {.frame = frame_number_,
           .raw_offset = raw_begin,
           .raw_size = raw_size,
           .coded_offset = gap.begin,
           .coded_size = gap.end - gap.begin};
  has_loss_ = true;
  return {};
}

Status Distributor::report() {
  if (!has_loss_) return {};
  has_loss_ = false;
  if (loss_.raw_size != 0) {
    frame_complete_ = false;
    lost_something_ = true;
  }
  return sink_.on_lost(sink_.opaque, &loss_) == 0 ? Status{} : cancelled();
}

// Data in which nothing was found: foreign, or a frame of which nothing is left but its beginning.
Status nothing_found(const SourceReader& source, const pith_recover_sink& sink) {
  PITH_CHECK(source.size() != 0, PITH_ERR_TRUNCATED, "there is no data");
  std::array<uint8_t, kFrameHeaderMax> bytes;
  std::span<const uint8_t> got;
  PITH_TRY(source.read_some(bytes, 0, &got));
  FrameHeader header;
  size_t size = 0;
  const Status status = parse_frame_header(got, &header, &size);
  if (status.code == PITH_ERR_FORMAT || status.code == PITH_ERR_VERSION)
    return status.at(kUnknown, 0);
  const pith_lost everything{0, 0, kUnknown, 0, source.size()};
  if (sink.on_lost(sink.opaque, &everything) != 0) return cancelled();
  return Status::error(PITH_ERR_CORRUPT, "no block is undamaged");
}

}  // namespace

Status recover(const SourceReader& source, const pith_recover_sink& sink, const FrameModels& given,
               uint64_t memlimit, HookResource* resource) {
  std::pmr::vector<ScanItem> items(resource);
  PITH_TRY(Scanner(source, resource, memlimit).scan(&items));
  if (items.empty()) return nothing_found(source, sink);
  RecoveryPlan plan(source, items, resource);
  PITH_TRY(plan.make());
  Distributor distributor(source, sink, given, memlimit, resource, items);
  PITH_TRY(distributor.run(plan.frames()));
  PITH_CHECK(!distributor.lost_something(), PITH_ERR_CORRUPT, "some of the data is lost");
  return {};
}

}  // namespace pith::container
