#include "container/format/format.h"

#include <algorithm>

namespace pith::container {
namespace {

constexpr uint8_t kFlagPrior = 1;
constexpr uint8_t kFlagModel = 2;
constexpr uint8_t kFlagsKnown = kFlagPrior | kFlagModel;
constexpr uint8_t kFlagsMustUnderstand = 0x0F;
constexpr uint8_t kLevelMin = PITH_LEVEL_MIN;
constexpr uint8_t kLevelMax = PITH_LEVEL_MAX;
constexpr uint8_t kMethodLast = static_cast<uint8_t>(Method::kNeural);
constexpr uint8_t kKindLast = static_cast<uint8_t>(ngram::ContentKind::kIncompressible);

// A byte of a signature that differs is reported at once, even if the signature is not whole yet.
Status expect(ByteReader* reader, std::span<const uint8_t> in, std::span<const uint8_t> signature,
              pith_status code, const char* text) {
  const size_t have = std::min(reader->remaining(), signature.size());
  PITH_CHECK(std::equal(signature.begin(), signature.begin() + static_cast<ptrdiff_t>(have),
                        in.begin() + static_cast<ptrdiff_t>(reader->pos())),
             code, text);
  std::span<const uint8_t> bytes;
  return reader->take(signature.size(), &bytes);
}

// The check that ends a structure covers all bytes of it before.
Status verify_check(ByteReader* reader, std::span<const uint8_t> in, const char* text) {
  const size_t covered = reader->pos();
  uint32_t check = 0;
  PITH_TRY(reader->u32(&check));
  PITH_CHECK(check == check32(in.first(covered)), PITH_ERR_CHECKSUM, text);
  return {};
}

}  // namespace

SerialisedFrameHeader serialise(const FrameHeader& header) {
  SerialisedFrameHeader out;
  ByteWriter writer(out.bytes);
  writer.bytes(kMagic);
  writer.u8(kFormatVersion);
  writer.u8(static_cast<uint8_t>((header.prior_id != 0 ? kFlagPrior : 0) |
                                 (header.model_id != 0 ? kFlagModel : 0)));
  writer.u8(header.level);
  writer.varint(header.block_size);
  writer.varint(header.memory_kib);
  if (header.prior_id != 0) writer.u64(header.prior_id);
  if (header.model_id != 0) writer.u64(header.model_id);
  writer.u32(check32(writer.written()));
  out.size = writer.size();
  return out;
}

Status parse_frame_header(std::span<const uint8_t> in, FrameHeader* header, size_t* size) {
  ByteReader reader(in);
  PITH_TRY(expect(&reader, in, kMagic, PITH_ERR_FORMAT, "not pith data"));
  uint8_t version = 0;
  uint8_t flags = 0;
  PITH_TRY(reader.u8(&version));
  PITH_CHECK(version == kFormatVersion, PITH_ERR_VERSION, "made by a newer version of pith");
  PITH_TRY(reader.u8(&flags));
  PITH_CHECK((flags & kFlagsMustUnderstand & ~kFlagsKnown) == 0, PITH_ERR_VERSION,
             "uses a feature this version of pith does not know");

  *header = {};
  uint64_t block_size = 0;
  PITH_TRY(reader.u8(&header->level));
  PITH_TRY(reader.varint(&block_size));
  PITH_TRY(reader.varint(&header->memory_kib));
  if ((flags & kFlagPrior) != 0) PITH_TRY(reader.u64(&header->prior_id));
  if ((flags & kFlagModel) != 0) PITH_TRY(reader.u64(&header->model_id));
  PITH_TRY(verify_check(&reader, in, "the frame header is damaged"));

  PITH_CHECK(header->level >= kLevelMin && header->level <= kLevelMax, PITH_ERR_CORRUPT,
             "the frame header gives an impossible level");
  PITH_CHECK(block_size <= PITH_BLOCK_SIZE_MAX, PITH_ERR_CORRUPT,
             "the frame header gives an impossible block size");
  PITH_CHECK(header->memory_kib <= kMemoryKibMax, PITH_ERR_CORRUPT,
             "the frame header gives an impossible memory size");
  PITH_CHECK((flags & kFlagPrior) == 0 || header->prior_id != 0, PITH_ERR_CORRUPT,
             "the frame header names prior 0");
  PITH_CHECK((flags & kFlagModel) == 0 || header->model_id != 0, PITH_ERR_CORRUPT,
             "the frame header names model 0");
  header->block_size = static_cast<uint32_t>(block_size);
  *size = reader.pos();
  return {};
}

SerialisedBlockHeader serialise(const BlockHeader& header) {
  SerialisedBlockHeader out;
  ByteWriter writer(out.bytes);
  writer.bytes(kBlockMarker);
  writer.u8(static_cast<uint8_t>(static_cast<unsigned>(header.method) |
                                 (static_cast<unsigned>(header.kind) << 4)));
  writer.u8(static_cast<uint8_t>(header.level | (header.prior << 4)));
  writer.varint(header.raw_offset);
  writer.varint(header.raw_size);
  writer.varint(header.coded_size);
  writer.u64(header.raw_hash);
  if (header.method != Method::kStored) writer.u32(header.payload_check);
  writer.u32(check32(writer.written()));
  out.size = writer.size();
  return out;
}

Status parse_block_header(std::span<const uint8_t> in, BlockHeader* header, size_t* size) {
  ByteReader reader(in);
  PITH_TRY(expect(&reader, in, kBlockMarker, PITH_ERR_CORRUPT,
                  "no block or footer where one should be"));
  *header = {};
  uint8_t method_and_kind = 0;
  uint8_t level_and_prior = 0;
  uint64_t raw_size = 0;
  uint64_t coded_size = 0;
  PITH_TRY(reader.u8(&method_and_kind));
  PITH_TRY(reader.u8(&level_and_prior));
  PITH_TRY(reader.varint(&header->raw_offset));
  PITH_TRY(reader.varint(&raw_size));
  PITH_TRY(reader.varint(&coded_size));
  PITH_TRY(reader.u64(&header->raw_hash));
  const uint8_t method = method_and_kind & 0x0F;
  const uint8_t kind = method_and_kind >> 4;
  if (method != static_cast<uint8_t>(Method::kStored)) PITH_TRY(reader.u32(&header->payload_check));
  PITH_TRY(verify_check(&reader, in, "a block header is damaged"));

  PITH_CHECK(method <= kMethodLast, PITH_ERR_VERSION,
             "a block is coded by a method this version of pith does not know");
  PITH_CHECK(kind <= kKindLast, PITH_ERR_VERSION,
             "a block is of a content kind this version of pith does not know");
  header->level = level_and_prior & 0x0F;
  header->prior = level_and_prior >> 4;
  PITH_CHECK(header->level >= kLevelMin && header->level <= kLevelMax, PITH_ERR_CORRUPT,
             "a block header gives an impossible level");
  PITH_CHECK(header->prior <= kBuiltInPriors || header->prior == kFramePrior, PITH_ERR_VERSION,
             "a block is coded with a prior this version of pith does not know");
  PITH_CHECK(raw_size >= 1 && raw_size <= PITH_BLOCK_SIZE_MAX, PITH_ERR_CORRUPT,
             "a block header gives an impossible raw size");
  PITH_CHECK(coded_size >= 1 && coded_size <= raw_size, PITH_ERR_CORRUPT,
             "a block header gives an impossible coded size");
  header->method = static_cast<Method>(method);
  header->kind = static_cast<ngram::ContentKind>(kind);
  const bool modelled = header->method == Method::kNgram || header->method == Method::kNeural;
  PITH_CHECK(header->prior == kNoPrior || (modelled && kind < kPriorKinds), PITH_ERR_CORRUPT,
             "a block that cannot have a prior names one");
  PITH_CHECK(header->method != Method::kNeural || kind < kPriorKinds, PITH_ERR_CORRUPT,
             "a block that is no text was coded with a network");
  PITH_CHECK(header->method != Method::kNeural ||
                 (header->level >= kNeuralLevel && header->level == neural_level(header->level)),
             PITH_ERR_VERSION, "a block is coded in a way this version of pith does not know");
  PITH_CHECK(header->method != Method::kStored || coded_size == raw_size, PITH_ERR_CORRUPT,
             "a stored block gives two different sizes");
  uint64_t raw_end = 0;
  PITH_CHECK(checked_add(header->raw_offset, raw_size, &raw_end), PITH_ERR_CORRUPT,
             "a block header gives an impossible offset");
  header->raw_size = static_cast<uint32_t>(raw_size);
  header->coded_size = static_cast<uint32_t>(coded_size);
  *size = reader.pos();
  return {};
}

Status IndexWriter::add(const IndexEntry& entry) {
  constexpr uint64_t kOtherFieldsMax = kMarkerSize + 2 * kVarintMax + sizeof(Hash128) + 4;
  PITH_CHECK(entries_.size() + 2 * kVarintMax + kOtherFieldsMax <= kFooterMax, PITH_ERR_PARAM,
             "too many blocks for one frame: use a larger block size");
  std::array<uint8_t, 2 * kVarintMax> bytes{};
  ByteWriter writer(bytes);
  writer.varint(entry.coded_total);
  writer.varint(entry.raw_size);
  entries_.insert(entries_.end(), bytes.begin(),
                  bytes.begin() + static_cast<ptrdiff_t>(writer.size()));
  if (blocks_++ == 0) first_ = entry;
  return {};
}

std::pmr::vector<uint8_t> IndexWriter::footer(size_t header_size,
                                              const Hash128& content_hash) const {
  const bool hashed = has_content_hash(blocks_, first_);
  const size_t checked = kMarkerSize + varint_size(header_size) + varint_size(blocks_) +
                         entries_.size() + (hashed ? content_hash.size() : 0);
  std::pmr::vector<uint8_t> out(checked + 4 + kFooterTailSize, entries_.get_allocator());
  ByteWriter writer(out);
  writer.bytes(kFooterMarker);
  writer.varint(header_size);
  writer.varint(blocks_);
  writer.bytes(entries_);
  if (hashed) writer.bytes(content_hash);
  writer.u32(check32(writer.written()));
  writer.u32(static_cast<uint32_t>(writer.size()));
  writer.bytes(kEndMagic);
  return out;
}

void IndexWriter::clear() {
  entries_.clear();
  blocks_ = 0;
}

Status parse_footer_tail(std::span<const uint8_t, kFooterTailSize> tail, uint64_t* footer_size) {
  ByteReader reader(tail);
  uint32_t size = 0;
  PITH_TRY(reader.u32(&size));
  PITH_TRY(expect(&reader, tail, kEndMagic, PITH_ERR_FORMAT, "no pith frame ends here"));
  PITH_CHECK(size >= kFooterMin, PITH_ERR_CORRUPT, "the footer gives an impossible size");
  *footer_size = uint64_t{size} + kFooterTailSize;
  return {};
}

Status parse_footer(std::span<const uint8_t> in, Footer* footer) {
  ByteReader reader(in);
  PITH_TRY(expect(&reader, in, kFooterMarker, PITH_ERR_CORRUPT, "no footer where one should be"));
  uint64_t blocks = 0;
  PITH_TRY(reader.varint(&footer->header_size));
  PITH_TRY(reader.varint(&blocks));
  // Two bytes an entry at least: the memory reserved is in proportion to the bytes that are there.
  if (blocks > reader.remaining() / 2) return Status::need_more(in.size() + 1);
  footer->blocks.clear();
  footer->blocks.reserve(blocks);
  uint64_t raw_total = 0;
  uint64_t coded_total = 0;
  bool sums_fit = true;
  for (uint64_t i = 0; i < blocks; ++i) {
    IndexEntry entry;
    PITH_TRY(reader.varint(&entry.coded_total));
    PITH_TRY(reader.varint(&entry.raw_size));
    sums_fit = checked_add(raw_total, entry.raw_size, &raw_total) && sums_fit;
    sums_fit = checked_add(coded_total, entry.coded_total, &coded_total) && sums_fit;
    footer->blocks.push_back(entry);
  }
  footer->content_hash = {};
  if (has_content_hash(blocks, blocks != 0 ? footer->blocks.front() : IndexEntry{})) {
    std::span<const uint8_t> hash;
    PITH_TRY(reader.take(footer->content_hash.size(), &hash));
    std::copy(hash.begin(), hash.end(), footer->content_hash.begin());
  }
  PITH_TRY(verify_check(&reader, in, "the footer is damaged"));
  const size_t size = reader.pos();
  std::span<const uint8_t> tail;
  PITH_TRY(reader.take(kFooterTailSize, &tail));
  uint64_t tail_size = 0;
  PITH_TRY(parse_footer_tail(tail.first<kFooterTailSize>(), &tail_size));
  PITH_CHECK(tail_size == size + kFooterTailSize, PITH_ERR_CORRUPT,
             "the footer gives a wrong size of itself");

  footer->footer_size = tail_size;
  footer->raw_total = raw_total;
  sums_fit = checked_add(coded_total, footer->header_size, &coded_total) && sums_fit;
  sums_fit = checked_add(coded_total, footer->footer_size, &coded_total) && sums_fit;
  PITH_CHECK(sums_fit, PITH_ERR_CORRUPT, "the index gives impossible sizes");
  footer->coded_total = coded_total;
  return {};
}

}  // namespace pith::container
