#include "container/reader/reader_frames.h"

#include <algorithm>
#include <array>

#include "container/base/varint.h"
#include "container/format/footer_verifier.h"

namespace pith::container {
namespace {

Status at_offset(Status status, uint64_t offset) {
  status.offset = offset;
  return status;
}

// Reads and checks the frame header at offset, which the footer says is `size` bytes long.
Status read_header(const SourceReader& source, uint64_t offset, uint64_t size,
                   FrameHeader* header) {
  std::array<uint8_t, kFrameHeaderMax> bytes;
  PITH_CHECK(size <= bytes.size(), PITH_ERR_CORRUPT, "the footer gives an impossible header size");
  const auto whole = std::span(bytes).first(static_cast<size_t>(size));
  PITH_TRY(source.read(whole, offset));
  size_t parsed = 0;
  Status status = parse_frame_header(whole, header, &parsed);
  if (status.wants_more() || (status.ok() && parsed != size)) {
    return Status::error(PITH_ERR_CORRUPT, "the footer gives a wrong header size");
  }
  return status;
}

}  // namespace

Status FrameTable::open(const SourceReader& source) {
  PITH_CHECK(source.size() != 0, PITH_ERR_TRUNCATED, "there is no data");
  Status status;
  for (uint64_t end = source.size(); end > 0 && status.ok();) {
    status = open_last_frame(source, end, &end);
  }
  if (status.ok()) {
    number_frames();
    return status;
  }
  if (status.code == PITH_ERR_IO) return status;
  // From the end one sees that something is wrong, from the start what it is.
  const Status exact = diagnose_forwards(source);
  return exact.ok() ? status : exact;
}

// Opens the frame that ends at `end`; *start becomes where it begins.
Status FrameTable::open_last_frame(const SourceReader& source, uint64_t end, uint64_t* start) {
  const auto refuse = [end](pith_status code, const char* text) {
    return at_offset(Status::error(code, text), end);
  };
  if (end < kFooterTailSize) return refuse(PITH_ERR_FORMAT, "no pith frame ends here");
  std::array<uint8_t, kFooterTailSize> tail;
  PITH_TRY(source.read(tail, end - tail.size()));
  uint64_t footer_size = 0;
  if (Status status = parse_footer_tail(tail, &footer_size); !status.ok()) {
    return at_offset(status, end - tail.size());
  }
  if (footer_size > end) return refuse(PITH_ERR_CORRUPT, "the footer is larger than the file");

  // The marker first: a size that is damage allocates nothing.
  const uint64_t footer_start = end - footer_size;
  std::array<uint8_t, kMarkerSize> marker;
  PITH_TRY(source.read(marker, footer_start));
  if (marker != kFooterMarker) return refuse(PITH_ERR_CORRUPT, "the footer gives a wrong size");

  Footer footer(resource_);
  {
    std::pmr::vector<uint8_t> bytes(static_cast<size_t>(footer_size), resource_);
    PITH_TRY(source.read(bytes, footer_start));
    Status status = parse_footer(bytes, &footer);
    if (status.wants_more()) status = Status::error(PITH_ERR_CORRUPT, "the footer ends too early");
    if (!status.ok()) return at_offset(status, footer_start);
  }
  if (footer.coded_total > end) {
    return refuse(PITH_ERR_CORRUPT, "the index lists more bytes than the file holds");
  }
  *start = end - footer.coded_total;
  FrameHeader header;
  if (Status status = read_header(source, *start, footer.header_size, &header); !status.ok()) {
    return at_offset(status, *start);
  }
  Status status = add_frame(header, footer, *start);
  return status.ok() ? status : at_offset(status, footer_start);
}

Status FrameTable::add_frame(const FrameHeader& header, const Footer& footer, uint64_t start) {
  PITH_CHECK((header.block_size == 0) == footer.blocks.empty(), PITH_ERR_CORRUPT,
             "header and index disagree on whether the frame has blocks");
  FrameRecord frame;
  frame.header = header;
  frame.content_hash = footer.content_hash;
  frame.header_size = footer.header_size;
  frame.coded_offset = start;
  frame.coded_size = footer.coded_total;
  frame.body_size = footer.coded_total - footer.header_size - footer.footer_size;
  frame.raw_size = footer.raw_total;
  frame.blocks = footer.blocks.size();
  frame.places = places_.size();

  BlockPlace place;
  for (const IndexEntry& entry : footer.blocks) {
    PITH_CHECK(entry.raw_size >= 1 && entry.raw_size <= header.block_size, PITH_ERR_CORRUPT,
               "the index gives an impossible raw size");
    PITH_CHECK(entry.coded_total > kBlockHeaderMin &&
                   entry.coded_total <= kBlockHeaderMax + entry.raw_size,
               PITH_ERR_CORRUPT, "the index gives an impossible coded size");
    places_.push_back(place);
    place.coded_offset += entry.coded_total;
    place.raw_offset += entry.raw_size;
  }
  frames_.push_back(frame);
  return checked_add(raw_size_, frame.raw_size, &raw_size_)
             ? Status{}
             : Status::error(PITH_ERR_CORRUPT, "the frames claim more than 2^64 bytes");
}

// Frames were found from last to first; what counts over all of them is known only now.
void FrameTable::number_frames() {
  std::reverse(frames_.begin(), frames_.end());
  uint64_t raw_offset = 0;
  for (FrameRecord& frame : frames_) {
    frame.raw_offset = raw_offset;
    frame.first_block = blocks_;
    raw_offset += frame.raw_size;
    blocks_ += frame.blocks;
  }
}

BlockRef FrameTable::block(uint64_t index) const {
  // The last frame that begins at or before the block; frames without blocks begin where the next
  // one does.
  const auto next = std::upper_bound(
      frames_.begin(), frames_.end(), index,
      [](uint64_t value, const FrameRecord& frame) { return value < frame.first_block; });
  const FrameRecord& frame = *std::prev(next);
  BlockRef ref;
  ref.frame = &frame;
  ref.frame_number = static_cast<uint64_t>(&frame - frames_.data());
  ref.number = index - frame.first_block;

  const BlockPlace* place = &places_[static_cast<size_t>(frame.places + ref.number)];
  const bool last = ref.number + 1 == frame.blocks;
  const BlockPlace end = last ? BlockPlace{frame.body_size, frame.raw_size} : place[1];
  ref.coded_offset = frame.coded_offset + frame.header_size + place->coded_offset;
  ref.coded_size = end.coded_offset - place->coded_offset;
  ref.raw_offset = frame.raw_offset + place->raw_offset;
  ref.raw_size = end.raw_offset - place->raw_offset;
  return ref;
}

uint64_t FrameTable::block_at(uint64_t raw_offset) const {
  const auto next_frame = std::upper_bound(
      frames_.begin(), frames_.end(), raw_offset,
      [](uint64_t value, const FrameRecord& frame) { return value < frame.raw_offset; });
  const FrameRecord& frame = *std::prev(next_frame);
  const auto first = places_.begin() + static_cast<ptrdiff_t>(frame.places);
  const auto next_block = std::upper_bound(
      first, first + static_cast<ptrdiff_t>(frame.blocks), raw_offset - frame.raw_offset,
      [](uint64_t value, const BlockPlace& place) { return value < place.raw_offset; });
  return frame.first_block + static_cast<uint64_t>(next_block - first) - 1;
}

}  // namespace pith::container
