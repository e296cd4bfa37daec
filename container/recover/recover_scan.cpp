#include "container/recover/recover_scan.h"

#include <algorithm>
#include <array>

#include "container/base/varint.h"

namespace pith::container {
namespace {

// Bytes that structures begin with.
constexpr uint8_t kHeaderLead = kMagic[0];
constexpr uint8_t kMarkerLead = kBlockMarker[0];
static_assert(kMarkerLead == kFooterMarker[0]);

// Headers made to deceive could have the payload bytes behind them hashed again and again. Once
// this many times the size of the data was read in vain, a header is taken at its word and its
// payload skipped.
constexpr uint64_t kPatience = 16;

bool begins_with(std::span<const uint8_t> bytes, std::span<const uint8_t> signature) {
  return bytes.size() >= signature.size() &&
         std::equal(signature.begin(), signature.end(), bytes.begin());
}

}  // namespace

Scanner::Scanner(const SourceReader& source, HookResource* resource, uint64_t memlimit)
    : source_(source), resource_(resource), memlimit_(memlimit), window_(resource) {}

Status Scanner::scan(std::pmr::vector<ScanItem>* items) {
  PITH_TRY(room_for(kWindow));
  window_.discard_and_resize(kWindow);
  uint64_t offset = 0;
  for (;;) {
    PITH_TRY(next_candidate(&offset));
    if (offset == source_.size()) return {};
    ScanItem item;
    item.offset = offset;
    bool found = false;
    uint64_t skip = offset + 1;
    PITH_TRY(prove(offset, &item, &found, &skip));
    if (found) {
      if (items->size() == items->capacity()) {
        PITH_TRY(room_for(2 * items->capacity() * sizeof(ScanItem)));
      }
      items->push_back(item);
      skip = item.end();
    }
    offset = skip;
  }
}

Status Scanner::view(uint64_t offset, size_t size, std::span<const uint8_t>* bytes) {
  const uint64_t end = std::min<uint64_t>(offset + size, source_.size());
  if (offset < window_offset_ || end > window_offset_ + window_size_) {
    std::span<const uint8_t> got;
    PITH_TRY(source_.read_some({window_.data(), kWindow}, offset, &got));
    window_offset_ = offset;
    window_size_ = got.size();
  }
  *bytes =
      std::span<const uint8_t>(window_.data(), window_size_)
          .subspan(static_cast<size_t>(offset - window_offset_), static_cast<size_t>(end - offset));
  return {};
}

// Moves *offset on to the next magic or marker, or to the end of the data.
Status Scanner::next_candidate(uint64_t* offset) {
  while (*offset < source_.size()) {
    // What the window still has; a byte beyond brings in the next one.
    const uint64_t window_end = window_offset_ + window_size_;
    const bool inside = *offset >= window_offset_ && *offset < window_end;
    std::span<const uint8_t> bytes;
    PITH_TRY(view(*offset, inside ? static_cast<size_t>(window_end - *offset) : kWindow, &bytes));
    const auto lead = std::find_if(bytes.begin(), bytes.end(), [](uint8_t byte) {
      return byte == kMarkerLead || byte == kHeaderLead;
    });
    *offset += static_cast<uint64_t>(lead - bytes.begin());
    if (lead == bytes.end()) continue;
    PITH_TRY(view(*offset, kMagic.size(), &bytes));
    if (begins_with(bytes, kMagic) || begins_with(bytes, kBlockMarker) ||
        begins_with(bytes, kFooterMarker)) {
      return {};
    }
    ++*offset;
  }
  return {};
}

Status Scanner::prove(uint64_t offset, ScanItem* item, bool* found, uint64_t* skip) {
  std::span<const uint8_t> bytes;
  PITH_TRY(view(offset, std::max(kFrameHeaderMax, kBlockHeaderMax), &bytes));
  if (begins_with(bytes, kFooterMarker)) return prove_footer(item, found);
  size_t size = 0;
  if (begins_with(bytes, kMagic)) {
    FrameHeader header;
    *found = parse_frame_header(bytes, &header, &size).ok();
    item->kind = ItemKind::kHeader;
    item->size = size;
    item->raw_size = header.block_size;
    return {};
  }
  BlockHeader header;
  if (!parse_block_header(bytes, &header, &size).ok()) return {};
  return prove_payload(header, size, item, found, skip);
}

Status Scanner::prove_payload(const BlockHeader& header, size_t header_size, ScanItem* item,
                              bool* found, uint64_t* skip) {
  const uint64_t begin = item->offset + header_size;
  const uint64_t available = std::min<uint64_t>(header.coded_size, source_.size() - begin);
  if (available < header.coded_size) return {};  // the end is missing; look for what is inside
  Hasher64 hasher;
  for (uint64_t done = 0; done < available;) {
    const size_t step = static_cast<size_t>(std::min<uint64_t>(kWindow, available - done));
    std::span<const uint8_t> bytes;
    PITH_TRY(view(begin + done, step, &bytes));
    hasher.update(bytes);
    done += step;
  }
  item->kind = ItemKind::kBlock;
  item->size = header_size + header.coded_size;
  item->raw_offset = header.raw_offset;
  item->raw_size = header.raw_size;
  item->raw_hash = header.raw_hash;
  // The payload of a stored block is its raw bytes, and has no check of its own.
  *found = header.method == Method::kStored
               ? hasher.digest() == header.raw_hash
               : static_cast<uint32_t>(hasher.digest()) == header.payload_check;
  if (*found) return {};
  read_in_vain_ += item->size;
  if (!patient()) *skip = item->end();
  return {};
}

Status Scanner::prove_footer(ScanItem* item, bool* found) {
  if (!patient()) return {};
  item->kind = ItemKind::kFooter;
  PITH_TRY(measure_footer(item->offset, &item->size));
  if (item->size == 0) return {};
  // Its bytes, and an entry for each two of them at most.
  PITH_TRY(room_for(item->size + item->size / 2 * sizeof(IndexEntry)));
  Footer footer(resource_);
  const Status status = load_footer(source_, *item, &footer, resource_);
  if (status.code == PITH_ERR_IO) return status;
  if (!status.ok()) {
    read_in_vain_ += item->size;
    return {};
  }
  // Its tail proves nothing more, but tells where the frame ends.
  std::span<const uint8_t> tail;
  uint64_t size = 0;
  PITH_TRY(view(item->end(), kFooterTailSize, &tail));
  if (tail.size() == kFooterTailSize &&
      parse_footer_tail(tail.first<kFooterTailSize>(), &size).ok() &&
      size == item->size + kFooterTailSize) {
    item->size = size;
  }
  *found = true;
  return {};
}

// Bytes of the footer at offset from its marker to its check, 0 if there cannot be one.
Status Scanner::measure_footer(uint64_t offset, uint64_t* size) {
  std::span<const uint8_t> bytes;
  PITH_TRY(view(offset, kMarkerSize + 4 * kVarintMax, &bytes));
  ByteReader reader(bytes.subspan(kMarkerSize));
  uint64_t header_size = 0;
  uint64_t blocks = 0;
  *size = 0;
  if (!reader.varint(&header_size).ok() || !reader.varint(&blocks).ok()) return {};
  uint64_t position = kMarkerSize + reader.pos();
  IndexEntry first;
  if (blocks != 0 &&
      (!reader.varint(&first.coded_total).ok() || !reader.varint(&first.raw_size).ok())) {
    return {};
  }
  const uint64_t limit = std::min<uint64_t>(source_.size() - offset, kFooterMax);
  if (blocks > limit / 2) return {};
  for (uint64_t varints = 2 * blocks; varints > 0;) {
    if (position >= limit) {
      read_in_vain_ += position;
      return {};
    }
    PITH_TRY(view(offset + position,
                  static_cast<size_t>(std::min<uint64_t>(kWindow, limit - position)), &bytes));
    for (size_t i = 0; i < bytes.size() && varints > 0; ++i, ++position) {
      if (bytes[i] < 0x80) --varints;
    }
  }
  const uint64_t hash = has_content_hash(blocks, first) ? sizeof(Hash128) : 0;
  const uint64_t total = position + hash + sizeof(uint32_t);
  if (total <= limit) *size = total;
  return {};
}

bool Scanner::patient() const { return read_in_vain_ / kPatience <= source_.size(); }

Status Scanner::room_for(uint64_t bytes) const {
  const uint64_t needed = resource_->bytes_in_use() + bytes;
  if (memlimit_ == 0 || needed <= memlimit_) return {};
  Status status = Status::error(PITH_ERR_MEMLIMIT, "the list of blocks exceeds the memory limit");
  status.needed = needed;
  return status;
}

Status load_footer(const SourceReader& source, const ScanItem& item, Footer* footer,
                   std::pmr::memory_resource* resource) {
  // The tail is written anew, so that a footer serves even if its own is damaged.
  std::pmr::vector<uint8_t> bytes(static_cast<size_t>(item.size) + kFooterTailSize, resource);
  const auto read = std::span<uint8_t>(bytes).first(static_cast<size_t>(item.size));
  PITH_TRY(source.read(read, item.offset));
  // An item that was proved with its tail ends with it already.
  const auto proved = std::span<const uint8_t>(bytes).first(static_cast<size_t>(item.size));
  if (parse_footer(proved, footer).ok()) return {};
  ByteWriter tail(std::span<uint8_t>(bytes).last(kFooterTailSize));
  tail.u32(static_cast<uint32_t>(item.size));
  tail.bytes(kEndMagic);
  return parse_footer(bytes, footer);
}

}  // namespace pith::container
