#include "corrupt_files.h"

#include <zstd.h>

#include <functional>
#include <utility>

#include "container/base/checksum.h"
#include "corpora/generate.h"
#include "tests/container/crafted_frame.h"

namespace pith::test {
namespace {

using container::BlockHeader;
using container::FrameHeader;
using container::Hash128;
using container::IndexEntry;
using container::Method;
using ngram::ContentKind;

// Where the fields of small_frame() lie, bytes.
constexpr size_t kVersionAt = 8;
constexpr size_t kFlagsAt = 9;
constexpr size_t kLevelAt = 10;
constexpr size_t kBlockSizeAt = 11;
constexpr size_t kHeaderSize = 19;
constexpr size_t kBlockHeaderSize = 25;  // of the first block
constexpr size_t kFirstSize = 300;       // bytes of the first block
constexpr size_t kSecondSize = 200;
constexpr size_t kSecondAt = kHeaderSize + kBlockHeaderSize + kFirstSize;
constexpr size_t kFooterTail = 8;

CraftedFrame small_frame() {
  CraftedFrame frame;
  frame.blocks = {noise(kFirstSize, 1), noise(kSecondSize, 2)};
  return frame;
}

Bytes joined(Bytes first, const Bytes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Bytes flipped(Bytes bytes, size_t at) {
  bytes[at] ^= 1;
  return bytes;
}

Bytes cut(const Bytes& bytes, size_t size) {
  return {bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size)};
}

// With the check of the frame header that ends at `end` right.
Bytes with_header_field(Bytes bytes, size_t at, const Bytes& field, size_t replaced) {
  const auto place = bytes.begin() + static_cast<ptrdiff_t>(at);
  bytes.insert(bytes.erase(place, place + static_cast<ptrdiff_t>(replaced)), field.begin(),
               field.end());
  const size_t end = kHeaderSize + field.size() - replaced;
  return with_byte(bytes, at, bytes[at], 0, end);
}

class Table {
 public:
  void add(const char* name, const char* what, Bytes bytes, int status, Bytes raw = {}) {
    files_.push_back({name, what, std::move(bytes), status, std::move(raw)});
  }
  // A frame of two blocks whose header is changed under a right check.
  void header(const char* name, const char* what, int status,
              std::function<void(FrameHeader*)> change) {
    CraftedFrame frame = small_frame();
    frame.change_header = std::move(change);
    add(name, what, frame.bytes(), status, status == PITH_END ? frame.raw() : Bytes{});
  }
  // The same of the second block's header: the first block comes out.
  void block(const char* name, const char* what, int status,
             std::function<void(BlockHeader*)> change) {
    CraftedFrame frame = small_frame();
    frame.change_block = [change = std::move(change)](size_t number, BlockHeader* header) {
      if (number == 1) change(header);
    };
    add(name, what, frame.bytes(), status, frame.blocks[0]);
  }
  // A frame of one block of another method than stored, of which these are payload and raw bytes.
  void payload(const char* name, const char* what, int status, Method method, const Bytes& coded,
               const Bytes& raw) {
    CraftedFrame frame;
    frame.blocks = {coded};
    const auto size = static_cast<uint32_t>(raw.size());
    frame.change_header = [size](FrameHeader* header) {
      header->block_size = size;
      header->memory_kib = 4096;
    };
    frame.change_block = [&](size_t, BlockHeader* header) {
      header->method = method;
      header->kind = ContentKind::kText;
      header->raw_size = size;
      header->raw_hash = container::hash64(raw);
    };
    frame.change_entry = [size](size_t, IndexEntry* entry) { entry->raw_size = size; };
    frame.change_footer = [&raw](size_t*, Hash128* hash) {
      container::Hasher128 hasher;
      hasher.update(raw);
      *hash = hasher.digest();
    };
    add(name, what, frame.bytes(), status, status == PITH_END ? raw : Bytes{});
  }
  void footer(const char* name, const char* what, int status, const CraftedFrame& frame) {
    add(name, what, frame.bytes(), status, frame.raw());
  }
  std::vector<CorruptFile> take() { return std::move(files_); }

 private:
  std::vector<CorruptFile> files_;
};

void add_good(Table* table) {
  const CraftedFrame frame = small_frame();
  const Bytes page = prose(800, 3);
  table->add("good-empty", "a frame without blocks", CraftedFrame{}.bytes(), PITH_END);
  table->add("good-stored", "two stored blocks", frame.bytes(), PITH_END, frame.raw());
  for (const int level : {1, 2, 3, 4, 5, 7}) {
    const std::string name = "good-level-" + std::to_string(level);
    table->add(name.c_str(), "text as an encoder codes it", encoded(page, {.level = level}),
               PITH_END, page);
  }
  table->add("good-many-blocks", "blocks of 1 KiB",
             encoded(prose(9000, 4), {.level = 2, .block_size = 1024}), PITH_END, prose(9000, 4));
  table->add("good-frames", "three frames, the second one empty",
             joined(joined(frame.bytes(), CraftedFrame{}.bytes()), frame.bytes()), PITH_END,
             joined(frame.raw(), frame.raw()));
  table->add("good-ignorable-flags", "the high four flags set, which a decoder ignores",
             with_byte(frame.bytes(), kFlagsAt, 0xF0, 0, kHeaderSize), PITH_END, frame.raw());
  table->header("good-level-of-header", "a level that no block has", PITH_END,
                [](FrameHeader* h) { h->level = 9; });
  table->header("good-memory-to-spare", "more memory declared than any block takes", PITH_END,
                [](FrameHeader* h) { h->memory_kib = 1 << 20; });
}

void add_unsupported(Table* table) {
  const Bytes good = small_frame().bytes();
  table->add("unsupported-version", "version 2", with_byte(good, kVersionAt, 2, 0, kHeaderSize),
             PITH_ERR_VERSION);
  table->add("unsupported-flag-2", "flag bit 2, to be understood",
             with_byte(good, kFlagsAt, 4, 0, kHeaderSize), PITH_ERR_VERSION);
  table->add("unsupported-flag-3", "flag bit 3, to be understood",
             with_byte(good, kFlagsAt, 8, 0, kHeaderSize), PITH_ERR_VERSION);
  table->header("unsupported-prior", "a prior that is not at hand", PITH_ERR_PRIOR,
                [](FrameHeader* h) { h->prior_id = 7; });
  table->header("unsupported-model", "a model that is not at hand", PITH_ERR_MODEL,
                [](FrameHeader* h) { h->model_id = 7; });
  table->block("unsupported-method", "a block of method 4", PITH_ERR_VERSION,
               [](BlockHeader* h) { h->method = Method{4}; });
  table->block("unsupported-kind", "a block of content kind 4", PITH_ERR_VERSION,
               [](BlockHeader* h) { h->kind = ContentKind{4}; });
  table->block("unsupported-prior-number", "a block with prior number 4", PITH_ERR_VERSION,
               [](BlockHeader* h) {
                 h->method = Method::kNgram;
                 h->kind = ContentKind::kText;
                 h->prior = 4;
               });
  table->block("unsupported-neural-level", "a neural block of level 6", PITH_ERR_VERSION,
               [](BlockHeader* h) {
                 h->method = Method::kNeural;
                 h->kind = ContentKind::kText;
                 h->level = 6;
               });
}

void add_bad_headers(Table* table) {
  const Bytes good = small_frame().bytes();
  const Bytes first = small_frame().blocks[0];
  table->add("bad-nothing", "no byte at all", {}, PITH_ERR_TRUNCATED);
  table->add("bad-magic", "the first byte is another", flipped(good, 0), PITH_ERR_FORMAT);
  table->add(
      "bad-magic-line-end", "the magic's CR LF became LF, as by a transfer of text",
      [&good] {
        Bytes bytes = good;
        bytes.erase(bytes.begin() + 5);
        return bytes;
      }(),
      PITH_ERR_FORMAT);
  table->add("bad-header-check", "a bit of the header's check", flipped(good, kHeaderSize - 1),
             PITH_ERR_CHECKSUM);
  table->add("bad-header-varint-long", "a block size with a needless final zero byte",
             with_header_field(good, kBlockSizeAt, {0xAC, 0x82, 0x00}, 2), PITH_ERR_CORRUPT);
  table->add("bad-header-varint-huge", "a block size of 2^64",
             with_header_field(good, kBlockSizeAt,
                               {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02}, 2),
             PITH_ERR_CORRUPT);
  table->add("bad-header-block-size", "a block size of 2^64 - 1",
             with_header_field(good, kBlockSizeAt,
                               {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01}, 2),
             PITH_ERR_CORRUPT);
  table->add("bad-header-level-0", "level 0", with_byte(good, kLevelAt, 0, 0, kHeaderSize),
             PITH_ERR_CORRUPT);
  table->add("bad-header-level-10", "level 10", with_byte(good, kLevelAt, 10, 0, kHeaderSize),
             PITH_ERR_CORRUPT);
  table->add("bad-header-prior-0", "a prior named, with id 0",
             with_byte(with_header_field(good, kHeaderSize - 4, Bytes(8, 0), 0), kFlagsAt, 1, 0,
                       kHeaderSize + 8),
             PITH_ERR_CORRUPT);
  table->add("bad-header-model-0", "a model named, with id 0",
             with_byte(with_header_field(good, kHeaderSize - 4, Bytes(8, 0), 0), kFlagsAt, 2, 0,
                       kHeaderSize + 8),
             PITH_ERR_CORRUPT);
  table->header("bad-header-memory", "2^64 - 1 KiB of memory", PITH_ERR_CORRUPT,
                [](FrameHeader* h) { h->memory_kib = UINT64_MAX; });
  table->header("bad-header-memory-small", "less memory declared than a block takes",
                PITH_ERR_CORRUPT, [](FrameHeader* h) { h->memory_kib = 1; });
  table->header("bad-header-block-size-small", "a block larger than the block size",
                PITH_ERR_CORRUPT, [](FrameHeader* h) { h->block_size = kFirstSize - 1; });
  table->header("bad-header-block-size-0", "a block size of 0, and blocks", PITH_ERR_CORRUPT,
                [](FrameHeader* h) { h->block_size = 0; });
  CraftedFrame empty;
  empty.change_header = [](FrameHeader* h) { h->block_size = 1; };
  table->add("bad-header-no-blocks", "a block size, and no blocks", empty.bytes(),
             PITH_ERR_CORRUPT);
  table->add("bad-truncated-magic", "the magic's first byte alone", cut(good, 1),
             PITH_ERR_TRUNCATED);
  table->add("bad-truncated-header", "half a frame header", cut(good, kHeaderSize / 2),
             PITH_ERR_TRUNCATED);
  table->add("bad-truncated-block-header", "the second block's header is cut",
             cut(good, kSecondAt + 10), PITH_ERR_TRUNCATED, first);
  table->add("bad-truncated-payload", "the second block's payload is cut",
             cut(good, kSecondAt + 100), PITH_ERR_TRUNCATED, first);
  table->add("bad-truncated-footer", "the footer's last byte is missing",
             cut(good, good.size() - 1), PITH_ERR_TRUNCATED, small_frame().raw());
}

void add_bad_blocks(Table* table) {
  const Bytes good = small_frame().bytes();
  const Bytes first = small_frame().blocks[0];
  table->add("bad-block-marker", "neither a block nor a footer", flipped(good, kSecondAt),
             PITH_ERR_CORRUPT, first);
  table->add("bad-block-check", "a bit of a block header's raw hash", flipped(good, kSecondAt + 15),
             PITH_ERR_CHECKSUM, first);
  table->add("bad-block-payload", "a bit of a stored payload", flipped(good, kSecondAt + 60),
             PITH_ERR_CHECKSUM, first);
  table->block("bad-block-hash", "a raw hash of other bytes", PITH_ERR_CHECKSUM,
               [](BlockHeader* h) { h->raw_hash ^= 1; });
  table->block("bad-block-level-0", "level 0", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->level = 0; });
  table->block("bad-block-level-10", "level 10", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->level = 10; });
  table->block("bad-block-offset", "a raw offset that leaves a gap", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_offset += 1; });
  table->block("bad-block-offset-again", "the raw offset of the first block", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_offset = 0; });
  table->block("bad-block-offset-huge", "offset and size together above 2^64", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_offset = UINT64_MAX - 10; });
  table->block("bad-block-raw-size-0", "a raw size of 0", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_size = 0; });
  table->block("bad-block-raw-size", "a raw size above the block size", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_size = h->coded_size = PITH_BLOCK_SIZE_MAX; });
  table->block("bad-block-raw-size-huge", "a raw size above 256 MiB", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_size = h->coded_size = PITH_BLOCK_SIZE_MAX + 1; });
  table->block("bad-block-coded-size-0", "a coded size of 0", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->coded_size = 0; });
  table->block("bad-block-coded-size", "a coded size above the raw size", PITH_ERR_CORRUPT,
               [](BlockHeader* h) {
                 h->method = Method::kNgram;
                 h->raw_size = kSecondSize - 1;
               });
  table->block("bad-block-stored-sizes", "a stored block with two sizes", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->raw_size = kSecondSize + 1; });
  table->block("bad-block-prior-stored", "a stored block with a prior", PITH_ERR_CORRUPT,
               [](BlockHeader* h) { h->prior = 1; });
  table->block("bad-block-prior-binary", "an n-gram block of binary data with a prior",
               PITH_ERR_CORRUPT, [](BlockHeader* h) {
                 h->method = Method::kNgram;
                 h->prior = 1;
               });
  table->block("bad-block-prior-unnamed", "a block with the frame's prior, in a frame without one",
               PITH_ERR_CORRUPT, [](BlockHeader* h) {
                 h->method = Method::kNgram;
                 h->kind = ContentKind::kText;
                 h->prior = container::kFramePrior;
               });
  table->block("bad-block-model-unnamed", "a neural block in a frame that names no model",
               PITH_ERR_CORRUPT, [](BlockHeader* h) {
                 h->method = Method::kNeural;
                 h->kind = ContentKind::kText;
                 h->level = container::kNeuralLevel;
               });
  table->block("bad-block-neural-binary", "a neural block of binary data", PITH_ERR_CORRUPT,
               [](BlockHeader* h) {
                 h->method = Method::kNeural;
                 h->level = container::kNeuralLevel;
               });
}

void add_payloads(Table* table) {
  const Bytes raw(2000, 'a');
  const auto packed = [&raw](size_t size) {
    Bytes out(ZSTD_compressBound(size));
    out.resize(ZSTD_compress(out.data(), out.size(), raw.data(), size, 3));
    return out;
  };
  const Bytes skippable = {0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0};
  constexpr Method kZstd = Method::kZstd;
  table->payload("good-zstd", "a zstd block", PITH_END, kZstd, packed(2000), raw);
  table->payload("bad-zstd-short", "a zstd frame of one byte less", PITH_ERR_CORRUPT, kZstd,
                 packed(1999), raw);
  table->payload("bad-zstd-two-frames", "two zstd frames in a block", PITH_ERR_CORRUPT, kZstd,
                 joined(packed(1000), packed(1000)), raw);
  table->payload("bad-zstd-skippable-after", "a skippable frame behind the zstd frame",
                 PITH_ERR_CORRUPT, kZstd, joined(packed(2000), skippable), raw);
  table->payload("bad-zstd-skippable-before", "a skippable frame before the zstd frame",
                 PITH_ERR_CORRUPT, kZstd, joined(skippable, packed(2000)), raw);
  table->payload("bad-zstd-noise", "noise for a zstd frame", PITH_ERR_CORRUPT, kZstd, noise(100, 3),
                 raw);
  table->payload("bad-ngram-noise", "noise for an n-gram payload", PITH_ERR_CHECKSUM,
                 Method::kNgram, noise(1900, 3), raw);
  table->payload("bad-ngram-short", "an n-gram payload that ends long before its text",
                 PITH_ERR_CORRUPT, Method::kNgram, noise(50, 3), noise(2000, 5));
}

void add_bad_footers(Table* table) {
  const Bytes good = small_frame().bytes();
  CraftedFrame frame = small_frame();
  const auto entry = [&](const char* name, const char* what,
                         std::function<void(size_t, IndexEntry*)> change) {
    frame.change_entry = std::move(change);
    table->footer(name, what, PITH_ERR_CORRUPT, frame);
    frame = small_frame();
  };
  entry("bad-index-raw-size", "the index gives another raw size",
        [](size_t i, IndexEntry* e) { e->raw_size += i; });
  entry("bad-index-coded-size", "the index gives another coded size",
        [](size_t, IndexEntry* e) { e->coded_total += 1; });
  entry("bad-index-overflow", "sizes in the index that add up to more than 2^64",
        [](size_t, IndexEntry* e) { e->coded_total = UINT64_MAX; });
  frame.change_footer = [](size_t* header_size, Hash128*) { *header_size += 1; };
  table->footer("bad-footer-header-size", "the footer gives another header size", PITH_ERR_CORRUPT,
                frame);
  frame.change_footer = [](size_t*, Hash128* hash) { (*hash)[0] ^= 1; };
  table->footer("bad-footer-hash", "a content hash of other bytes", PITH_ERR_CHECKSUM, frame);
  const Bytes raw = frame.raw();
  table->add("bad-footer-check", "a bit of the footer's check",
             flipped(good, good.size() - kFooterTail - 1), PITH_ERR_CHECKSUM, raw);
  table->add("bad-footer-size", "the footer gives a wrong size of itself",
             flipped(good, good.size() - kFooterTail), PITH_ERR_CORRUPT, raw);
  table->add("bad-footer-end", "a wrong end magic", flipped(good, good.size() - 1),
             PITH_ERR_CORRUPT, raw);
  table->add("bad-footer-missing", "the frame ends behind its last block",
             cut(good, kSecondAt + kBlockHeaderSize + kSecondSize), PITH_ERR_TRUNCATED, raw);
  table->add("bad-trailing", "a foreign byte behind the frame", joined(good, {0}),
             PITH_ERR_TRAILING, raw);
  table->add("bad-trailing-pith", "half a frame behind the frame",
             joined(good, cut(good, kSecondAt)), PITH_ERR_TRUNCATED, joined(raw, frame.blocks[0]));
}

}  // namespace

std::vector<CorruptFile> corrupt_files() {
  Table table;
  add_good(&table);
  add_unsupported(&table);
  add_bad_headers(&table);
  add_bad_blocks(&table);
  add_payloads(&table);
  add_bad_footers(&table);
  return table.take();
}

}  // namespace pith::test
