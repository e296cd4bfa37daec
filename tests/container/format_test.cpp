// The bytes of headers and footers: docs/format.md sections 2 to 4.
#include "container/format/format.h"

#include <gtest/gtest.h>

#include "container/base/allocator.h"
#include "container/format/footer_verifier.h"
#include "crafted_frame.h"

namespace pith::test {
namespace {

using namespace container;

constexpr uint64_t kValues[] = {
    0, 1, 127, 128, 16383, 16384, 1u << 28, UINT32_MAX, 1ull << 35, UINT64_MAX / 2, UINT64_MAX};

TEST(Varint, RoundTripsAndIsMinimal) {
  for (uint64_t value : kValues) {
    std::array<uint8_t, kVarintMax> bytes{};
    ByteWriter writer(bytes);
    writer.varint(value);
    EXPECT_EQ(writer.size(), varint_size(value));
    uint64_t back = 0;
    ByteReader reader(writer.written());
    ASSERT_TRUE(reader.varint(&back).ok());
    EXPECT_EQ(back, value);
    for (size_t cut = 0; cut < writer.size(); ++cut) {
      EXPECT_TRUE(ByteReader(writer.written().first(cut)).varint(&back).wants_more());
    }
  }
}

TEST(Varint, RefusesWhatIsNotMinimalOrTooLarge) {
  uint64_t value = 0;
  for (const Bytes& bad :
       {Bytes{0x80, 0x00}, Bytes{0xFF, 0x80, 0x00}, Bytes(10, 0xFF),
        Bytes{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02},
        Bytes{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x81, 0x00}}) {
    EXPECT_EQ(ByteReader(bad).varint(&value).code, PITH_ERR_CORRUPT);
  }
}

std::vector<FrameHeader> frame_headers() {
  std::vector<FrameHeader> headers;
  for (uint32_t block_size : {0u, 1u, 1u << 20, PITH_BLOCK_SIZE_MAX}) {
    for (uint64_t memory : {uint64_t{0}, uint64_t{300}, kMemoryKibMax}) {
      for (uint64_t id : {uint64_t{0}, UINT64_MAX}) {
        headers.push_back(
            {.level = 9, .block_size = block_size, .memory_kib = memory, .prior_id = id});
        headers.push_back(
            {.level = 1, .block_size = block_size, .memory_kib = memory, .model_id = id});
      }
    }
  }
  headers.push_back({5, PITH_BLOCK_SIZE_MAX, kMemoryKibMax, 1, 2});
  return headers;
}

TEST(FrameHeaderBytes, RoundTrip) {
  for (const FrameHeader& header : frame_headers()) {
    const SerialisedFrameHeader bytes = serialise(header);
    FrameHeader back;
    size_t size = 0;
    ASSERT_TRUE(parse_frame_header(bytes.span(), &back, &size).ok());
    EXPECT_EQ(size, bytes.size);
    EXPECT_EQ(back.level, header.level);
    EXPECT_EQ(back.block_size, header.block_size);
    EXPECT_EQ(back.memory_kib, header.memory_kib);
    EXPECT_EQ(back.prior_id, header.prior_id);
    EXPECT_EQ(back.model_id, header.model_id);
  }
}

// Every prefix asks for more, and never for more than there is to come.
template <typename Parse>
void expect_prefixes_want_more(View bytes, Parse parse) {
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    const Status status = parse(bytes.first(cut));
    ASSERT_TRUE(status.wants_more()) << cut;
    ASSERT_GT(status.needed, cut);
    ASSERT_LE(status.needed, bytes.size());
  }
}

// Any one bit flipped is an error, never another valid structure.
template <typename Parse>
void expect_flips_fail(View bytes, Parse parse) {
  Bytes copy(bytes.begin(), bytes.end());
  for (size_t bit = 0; bit < 8 * copy.size(); ++bit) {
    copy[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    EXPECT_FALSE(parse(View(copy)).ok()) << bit;
    copy[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
  }
}

TEST(FrameHeaderBytes, PrefixesAndFlips) {
  const auto parse = [](View bytes) {
    FrameHeader header;
    size_t size = 0;
    return parse_frame_header(bytes, &header, &size);
  };
  for (const FrameHeader& header : frame_headers()) {
    const SerialisedFrameHeader bytes = serialise(header);
    expect_prefixes_want_more(bytes.span(), parse);
    expect_flips_fail(bytes.span(), parse);
  }
}

BlockHeader block_header() {
  return {.method = Method::kNgram,
          .kind = ngram::ContentKind::kStructured,
          .level = 4,
          .raw_offset = 1ull << 40,
          .raw_size = 70000,
          .coded_size = 300,
          .raw_hash = 0x0123456789ABCDEF,
          .payload_check = 0xFEDCBA98};
}

TEST(BlockHeaderBytes, RoundTrip) {
  const BlockHeader header = block_header();
  BlockHeader back;
  size_t size = 0;
  const SerialisedBlockHeader bytes = serialise(header);
  ASSERT_TRUE(parse_block_header(bytes.span(), &back, &size).ok());
  EXPECT_EQ(size, bytes.size);
  EXPECT_EQ(back.method, header.method);
  EXPECT_EQ(back.kind, header.kind);
  EXPECT_EQ(back.level, header.level);
  EXPECT_EQ(back.raw_offset, header.raw_offset);
  EXPECT_EQ(back.raw_size, header.raw_size);
  EXPECT_EQ(back.coded_size, header.coded_size);
  EXPECT_EQ(back.raw_hash, header.raw_hash);
  EXPECT_EQ(back.payload_check, header.payload_check);
}

TEST(BlockHeaderBytes, PrefixesAndFlips) {
  const auto parse = [](View bytes) {
    BlockHeader header;
    size_t size = 0;
    return parse_block_header(bytes, &header, &size);
  };
  const SerialisedBlockHeader bytes = serialise(block_header());
  expect_prefixes_want_more(bytes.span(), parse);
  expect_flips_fail(bytes.span(), parse);
}

// Each lie stands under a right check, so the field itself must be found out.
TEST(BlockHeaderBytes, RefusesImpossibleFields) {
  const auto status_of = [](auto change) {
    BlockHeader header = block_header();
    change(&header);
    BlockHeader back;
    size_t size = 0;
    return parse_block_header(serialise(header).span(), &back, &size).code;
  };
  EXPECT_EQ(status_of([](BlockHeader*) {}), PITH_OK);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->method = Method{3}; }), PITH_ERR_VERSION);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->kind = ngram::ContentKind{4}; }), PITH_ERR_VERSION);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->level = 0; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->level = 10; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->raw_size = 0; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->raw_size = PITH_BLOCK_SIZE_MAX + 1; }),
            PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->coded_size = 0; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->coded_size = h->raw_size + 1; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->method = Method::kStored; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_of([](BlockHeader* h) { h->raw_offset = UINT64_MAX - 10; }), PITH_ERR_CORRUPT);
}

TEST(FooterBytes, RoundTripBothWaysOfReading) {
  HookResource resource(nullptr);
  for (size_t blocks : {0, 1, 2, 1000}) {
    IndexWriter index(&resource);
    FooterVerifier verifier;
    uint64_t coded = 0;
    uint64_t raw = 0;
    for (size_t i = 0; i < blocks; ++i) {
      const IndexEntry entry = {1 + i * i, 1 + (i << 20)};
      ASSERT_TRUE(index.add(entry).ok());
      verifier.add_block(entry);
      coded += entry.coded_total;
      raw += entry.raw_size;
    }
    const Hash128 hash = {1, 2, 3};
    const auto bytes = index.footer(17, hash);

    Footer footer(&resource);
    ASSERT_TRUE(parse_footer(bytes, &footer).ok());
    EXPECT_EQ(footer.header_size, 17u);
    EXPECT_EQ(footer.blocks.size(), blocks);
    EXPECT_EQ(footer.content_hash, blocks > 1 ? hash : Hash128{});
    EXPECT_EQ(footer.footer_size, bytes.size());
    EXPECT_EQ(footer.raw_total, raw);
    EXPECT_EQ(footer.coded_total, 17 + coded + bytes.size());
    uint64_t size = 0;
    ASSERT_TRUE(parse_footer_tail(View(bytes).last<kFooterTailSize>(), &size).ok());
    EXPECT_EQ(size, bytes.size());

    verifier.begin(17);
    bool complete = false;
    for (uint8_t byte : bytes) {
      ASSERT_FALSE(complete);
      size_t used = 0;
      ASSERT_TRUE(verifier.consume({&byte, 1}, &used, &complete).ok());
      ASSERT_EQ(used, 1u);
    }
    EXPECT_TRUE(complete);
    if (blocks > 1) {
      EXPECT_EQ(verifier.content_hash(), hash);
    }
  }
}

TEST(FooterBytes, PrefixesAndFlips) {
  HookResource resource(nullptr);
  IndexWriter index(&resource);
  FooterVerifier seen;
  for (size_t i = 0; i < 5; ++i) {
    const IndexEntry entry = {100 + i, 1000 * i + 1};
    ASSERT_TRUE(index.add(entry).ok());
    seen.add_block(entry);
  }
  seen.begin(20);
  const auto bytes = index.footer(20, Hash128{9});
  const auto parse = [&](View in) {
    Footer footer(&resource);
    return parse_footer(in, &footer);
  };
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_TRUE(parse(View(bytes).first(cut)).wants_more()) << cut;
  }
  expect_flips_fail(bytes, parse);
  expect_flips_fail(bytes, [&](View in) {
    FooterVerifier verifier = seen;
    size_t used = 0;
    bool complete = false;
    const Status status = verifier.consume(in, &used, &complete);
    return status.ok() && !complete ? Status::need_more(1) : status;
  });
}

TEST(FooterBytes, SumsThatOverflowAreRefused) {
  HookResource resource(nullptr);
  IndexWriter index(&resource);
  ASSERT_TRUE(index.add({UINT64_MAX, 1}).ok());
  ASSERT_TRUE(index.add({UINT64_MAX, 1}).ok());
  Footer footer(&resource);
  EXPECT_EQ(parse_footer(index.footer(20, {}), &footer).code, PITH_ERR_CORRUPT);
}

// A footer of a few bytes that counts 2^60 blocks must not make anything allocate for them.
TEST(FooterBytes, AClaimedNumberOfBlocksCostsNothing) {
  std::array<uint8_t, 64> bytes{};
  ByteWriter writer(bytes);
  writer.bytes(kFooterMarker);
  writer.varint(20);
  writer.varint(uint64_t{1} << 60);
  HookResource resource(nullptr);
  Footer footer(&resource);
  EXPECT_TRUE(parse_footer(bytes, &footer).wants_more());
  EXPECT_EQ(resource.peak_bytes(), 0u);
}

}  // namespace
}  // namespace pith::test
