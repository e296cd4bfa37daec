#include "container/format/footer_verifier.h"

#include <algorithm>

namespace pith::container {

void FooterVerifier::add_block(const IndexEntry& entry) {
  std::array<uint8_t, 2 * kVarintMax> bytes{};
  ByteWriter writer(bytes);
  writer.varint(entry.coded_total);
  writer.varint(entry.raw_size);
  seen_.update(writer.written());
  if (blocks_++ == 0) first_ = entry;
}

Status FooterVerifier::consume(std::span<const uint8_t> in, size_t* used, bool* complete) {
  *used = 0;
  while (part_ != Part::kDone && *used < in.size()) PITH_TRY(take(in[(*used)++]));
  *complete = part_ == Part::kDone;
  return {};
}

// Adds a byte to the field in work; true once it has `size` bytes.
bool FooterVerifier::collect(uint8_t byte, size_t size) {
  field_[field_size_++] = byte;
  if (field_size_ < size) return false;
  field_size_ = 0;
  return true;
}

// A check that does not match says "damaged" and comes first; a contradiction waits for it.
void FooterVerifier::contradict(const char* text) {
  if (contradiction_ == nullptr) contradiction_ = text;
}

Status FooterVerifier::take(uint8_t byte) {
  if (part_ < Part::kCheck) {
    check_.update({&byte, 1});
    ++size_;
  }
  switch (part_) {
    case Part::kMarker:
      PITH_CHECK(byte == kFooterMarker[field_size_], PITH_ERR_CORRUPT,
                 "no footer where one should be");
      if (collect(byte, kMarkerSize)) part_ = Part::kHeaderSize;
      return {};
    case Part::kHeaderSize:
    case Part::kBlocks:
      return take_count(byte);
    case Part::kEntries:
      entries_.update({&byte, 1});
      if (byte < 0x80 && --varints_left_ == 0) {
        if (entries_.digest() != seen_.digest())
          contradict("the index does not agree with the blocks");
        part_ = has_content_hash() ? Part::kContentHash : Part::kCheck;
      }
      return {};
    case Part::kContentHash:
      if (collect(byte, content_hash_.size())) {
        std::copy(field_.begin(), field_.end(), content_hash_.begin());
        part_ = Part::kCheck;
      }
      return {};
    case Part::kCheck:
      return take_check(byte);
    case Part::kFooterSize:
    case Part::kEnd:
    case Part::kDone:
      break;
  }
  return take_tail(byte);
}

Status FooterVerifier::take_count(uint8_t byte) {
  field_[field_size_++] = byte;
  ByteReader reader({field_.data(), field_size_});
  uint64_t value = 0;
  const Status status = reader.varint(&value);
  if (status.wants_more()) return {};
  PITH_TRY(status);
  field_size_ = 0;
  if (part_ == Part::kHeaderSize) {
    if (value != header_size_) contradict("the footer gives a wrong size of the frame header");
    part_ = Part::kBlocks;
    return {};
  }
  // Reported at once: with a wrong number the check could not be found.
  PITH_CHECK(value == blocks_, PITH_ERR_CORRUPT, "the footer gives a wrong number of blocks");
  varints_left_ = 2 * blocks_;
  part_ = blocks_ != 0 ? Part::kEntries : Part::kCheck;
  return {};
}

Status FooterVerifier::take_check(uint8_t byte) {
  if (!collect(byte, 4)) return {};
  uint32_t check = 0;
  PITH_TRY(ByteReader({field_.data(), 4}).u32(&check));
  PITH_CHECK(check == static_cast<uint32_t>(check_.digest()), PITH_ERR_CHECKSUM,
             "the footer is damaged");
  PITH_CHECK(contradiction_ == nullptr, PITH_ERR_CORRUPT, contradiction_);
  size_ += 4;
  part_ = Part::kFooterSize;
  return {};
}

Status FooterVerifier::take_tail(uint8_t byte) {
  if (part_ == Part::kEnd) {
    PITH_CHECK(byte == kEndMagic[field_size_], PITH_ERR_CORRUPT, "the end of the frame is damaged");
  }
  if (!collect(byte, 4)) return {};
  if (part_ == Part::kEnd) {
    part_ = Part::kDone;
    return {};
  }
  uint32_t size = 0;
  PITH_TRY(ByteReader({field_.data(), 4}).u32(&size));
  PITH_CHECK(size == size_, PITH_ERR_CORRUPT, "the footer gives a wrong size of itself");
  part_ = Part::kEnd;
  return {};
}

}  // namespace pith::container
