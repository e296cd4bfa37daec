// What a decoder must refuse, and with which status: docs/format.md section 5.
#include <gtest/gtest.h>
#include <zstd.h>

#include "crafted_frame.h"
#include "hooks.h"
#include "stream.h"

namespace pith::test {
namespace {

using container::BlockHeader;
using container::FrameHeader;
using container::Hash128;
using container::IndexEntry;
using container::Method;

constexpr size_t kHeaderSize = 19;  // of two_blocks(), bytes

CraftedFrame two_blocks() {
  CraftedFrame frame;
  frame.blocks = {noise(300, 1), noise(200, 2)};
  return frame;
}

// The status for any cut of the input and any number of threads; all must agree, in what comes out
// too.
int status_of(const Bytes& coded, const Options& base = {}) {
  const Result whole = decode(coded, base);
  EXPECT_NE(whole.status, PITH_OK);
  for (unsigned threads : {1u, 2u}) {
    for (const Cuts& cuts : {Cuts::of(1), Cuts::of(64), Cuts::none()}) {
      Options setup = base;
      setup.threads = threads;
      setup.in = cuts;
      const Result result = decode(coded, setup);
      EXPECT_EQ(result.status, whole.status) << result.error.text;
      EXPECT_EQ(result.bytes, whole.bytes);
      EXPECT_EQ(result.error.block, whole.error.block);
      EXPECT_EQ(result.error.offset, whole.error.offset);
    }
  }
  return whole.status;
}

TEST(Decoder, CraftedFramesAreRight) {
  const CraftedFrame frame = two_blocks();
  EXPECT_EQ(status_of(frame.bytes()), PITH_END);
  EXPECT_EQ(decode(frame.bytes(), {}).bytes, frame.raw());
  EXPECT_EQ(CraftedFrame{}.bytes().size(), 35u);
  EXPECT_EQ(status_of(CraftedFrame{}.bytes()), PITH_END);
}

TEST(Decoder, ConcatenatedFrames) {
  Bytes coded;
  Bytes raw;
  for (uint64_t i = 0; i < 12; ++i) {
    const Bytes piece = i % 3 == 0 ? Bytes{} : prose(i * 500, i);
    const Bytes frame = encoded(piece, {.block_size = 1024 * (1 + i % 4)});
    coded.insert(coded.end(), frame.begin(), frame.end());
    raw.insert(raw.end(), piece.begin(), piece.end());
  }
  EXPECT_EQ(status_of(coded), PITH_END);
  EXPECT_EQ(decode(coded, {}).bytes, raw);
}

TEST(Decoder, AThousandFramesInOneByteBuffers) {
  Bytes coded;
  Bytes raw;
  for (uint64_t i = 0; i < 1000; ++i) {
    CraftedFrame frame;
    if (i % 3 != 0) frame.blocks = {noise(1 + i % 40, i), noise(1 + i % 7, i)};
    const Bytes bytes = frame.bytes();
    coded.insert(coded.end(), bytes.begin(), bytes.end());
    const Bytes content = frame.raw();
    raw.insert(raw.end(), content.begin(), content.end());
  }
  for (const unsigned threads : {1u, 2u}) {
    Hooks hooks;
    const Result result = decode(
        coded,
        {.threads = threads, .in = Cuts::of(1), .out = Cuts::of(1), .allocator = hooks.get()});
    EXPECT_EQ(result.status, PITH_END);
    EXPECT_EQ(result.bytes, raw);
    EXPECT_LE(hooks.peak(), 1u << 20);  // nothing is kept of frames that are done
  }
}

TEST(Decoder, NotPithData) {
  EXPECT_EQ(status_of(prose(100, 1)), PITH_ERR_FORMAT);
  EXPECT_EQ(status_of({0x89}), PITH_ERR_TRUNCATED);
  EXPECT_EQ(status_of({}), PITH_ERR_TRUNCATED);
  EXPECT_EQ(status_of({0x88}), PITH_ERR_FORMAT);
}

TEST(Decoder, UnknownVersionAndFeatures) {
  const Bytes good = two_blocks().bytes();
  Bytes bad = good;
  bad[8] = 2;
  EXPECT_EQ(status_of(bad), PITH_ERR_VERSION);
  for (unsigned flag : {4u, 8u}) {
    bad = good;
    bad[9] = static_cast<uint8_t>(flag);
    EXPECT_EQ(status_of(bad), PITH_ERR_VERSION);
  }
  // Features that a decoder may ignore.
  EXPECT_EQ(status_of(with_byte(good, 9, 0xF0, 0, kHeaderSize)), PITH_END);
}

TEST(Decoder, NamedPriorAndModel) {
  CraftedFrame frame = two_blocks();
  frame.change_header = [](FrameHeader* h) { h->prior_id = 7; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_PRIOR);
  frame.change_header = [](FrameHeader* h) { h->model_id = 7; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_MODEL);
}

TEST(Decoder, LyingFrameHeader) {
  CraftedFrame frame = two_blocks();
  frame.change_header = [](FrameHeader* h) { h->level = 0; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame.change_header = [](FrameHeader* h) { h->block_size = PITH_BLOCK_SIZE_MAX + 1; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame.change_header = [](FrameHeader* h) { h->block_size = 299; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame.change_header = [](FrameHeader* h) { h->block_size = 0; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame.change_header = [](FrameHeader* h) { h->memory_kib = 1; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame.change_header = [](FrameHeader* h) { h->memory_kib = UINT64_MAX; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  CraftedFrame empty;
  empty.change_header = [](FrameHeader* h) { h->block_size = 1; };
  EXPECT_EQ(status_of(empty.bytes()), PITH_ERR_CORRUPT);
}

TEST(Decoder, LyingBlockHeader) {
  CraftedFrame frame = two_blocks();
  const auto status_with = [&](auto change) {
    frame.change_block = [change](size_t number, BlockHeader* h) {
      if (number == 1) change(h);
    };
    const Bytes coded = frame.bytes();
    const Result result = decode(coded, {});
    EXPECT_EQ(result.bytes, frame.blocks[0]);  // what is before the damage comes out
    EXPECT_EQ(result.error.block, 1u);
    return status_of(coded);
  };
  EXPECT_EQ(status_with([](BlockHeader* h) { h->raw_offset = 299; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->raw_offset = 0; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->raw_size = h->coded_size = PITH_BLOCK_SIZE_MAX; }),
            PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->raw_size = 300; }), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->method = Method{9}; }), PITH_ERR_VERSION);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->kind = ngram::ContentKind{15}; }),
            PITH_ERR_VERSION);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->raw_hash ^= 1; }), PITH_ERR_CHECKSUM);
  EXPECT_EQ(status_with([](BlockHeader* h) { h->method = Method::kZstd; }), PITH_ERR_CORRUPT);
}

// A zstd payload is one frame, of the raw size, and nothing else.
TEST(Decoder, LyingZstdPayload) {
  const Bytes raw(2000, 'a');
  const auto packed = [&raw](size_t size) {
    Bytes out(ZSTD_compressBound(size));
    out.resize(ZSTD_compress(out.data(), out.size(), raw.data(), size, 3));
    return out;
  };
  const auto joined = [](Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  const Bytes skippable = {0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0};
  const auto status_with = [&raw](const Bytes& payload) {
    CraftedFrame frame;
    frame.blocks = {payload};
    frame.change_header = [&](FrameHeader* h) {
      h->block_size = static_cast<uint32_t>(raw.size());
    };
    frame.change_block = [&](size_t, BlockHeader* h) {
      h->method = Method::kZstd;
      h->raw_size = static_cast<uint32_t>(raw.size());
      h->raw_hash = container::hash64(raw);
    };
    frame.change_entry = [&](size_t, IndexEntry* e) { e->raw_size = raw.size(); };
    frame.change_footer = [&](size_t*, Hash128* hash) {
      container::Hasher128 hasher;
      hasher.update(raw);
      *hash = hasher.digest();
    };
    return status_of(frame.bytes());
  };
  EXPECT_EQ(status_with(packed(2000)), PITH_END);
  EXPECT_EQ(status_with(packed(1999)), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with(joined(packed(1000), packed(1000))), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with(joined(packed(2000), skippable)), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with(joined(skippable, packed(2000))), PITH_ERR_CORRUPT);
  EXPECT_EQ(status_with(noise(100, 3)), PITH_ERR_CORRUPT);
}

TEST(Decoder, LyingIndex) {
  CraftedFrame frame = two_blocks();
  frame.change_entry = [](size_t i, IndexEntry* e) { e->raw_size += i; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame = two_blocks();
  frame.change_entry = [](size_t i, IndexEntry* e) { e->coded_total += i == 0 ? 1u << 20 : 0; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame = two_blocks();
  frame.change_footer = [](size_t* header_size, Hash128*) { *header_size += 1; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CORRUPT);
  frame = two_blocks();
  frame.change_footer = [](size_t*, Hash128* hash) { (*hash)[15] ^= 1; };
  EXPECT_EQ(status_of(frame.bytes()), PITH_ERR_CHECKSUM);
}

// The blocks of two frames mixed: each is whole, the frame is not.
TEST(Decoder, ABlockOfAnotherFrame) {
  const Bytes a = noise(300, 1);
  const Bytes b = noise(300, 2);
  CraftedFrame frame;
  frame.blocks = {a, a};
  Bytes coded = frame.bytes();
  frame.blocks = {a, b};
  const Bytes other = frame.bytes();
  const size_t second = coded.size() / 2;
  std::copy(other.begin() + static_cast<ptrdiff_t>(second - 40),
            other.begin() + static_cast<ptrdiff_t>(second + 280),
            coded.begin() + static_cast<ptrdiff_t>(second - 40));
  EXPECT_LT(status_of(coded), 0);
}

TEST(Decoder, TrailingData) {
  const CraftedFrame frame = two_blocks();
  for (const Bytes& foreign : {Bytes{0}, prose(100, 9), Bytes{0x89, 'p', 'i', 't', 'x'}}) {
    Bytes coded = frame.bytes();
    const size_t size = coded.size();
    coded.insert(coded.end(), foreign.begin(), foreign.end());
    EXPECT_EQ(status_of(coded), PITH_ERR_TRAILING);
    EXPECT_EQ(decode(coded, {}).bytes, frame.raw());
    EXPECT_EQ(status_of(coded, {.ignore_trailing = true}), PITH_END);
    const Result ignored = decode(coded, {.ignore_trailing = true});
    EXPECT_EQ(ignored.bytes, frame.raw());
    EXPECT_EQ(ignored.taken, size);  // what is not pith's is left to the caller
  }
}

TEST(Decoder, NoProgressIsReportedOnTheSecondCallAndIsNotFatal) {
  const CraftedFrame frame = two_blocks();
  const Bytes coded = frame.bytes();
  const DecoderPtr dec(pith_decoder_new(nullptr));
  uint8_t room[600];
  pith_out none = {room, 0, 0};
  pith_out out = {room, sizeof room, 0};
  pith_in empty = {nullptr, 0, 0};
  pith_in in = {coded.data(), coded.size(), 0};
  EXPECT_EQ(pith_decoder_run(dec.get(), &none, &empty, PITH_RUN), PITH_OK);
  EXPECT_EQ(pith_decoder_run(dec.get(), &none, &empty, PITH_RUN), PITH_ERR_NO_PROGRESS);
  EXPECT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_FINISH), PITH_END);
  EXPECT_EQ(out.pos, frame.raw().size());
  EXPECT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_FINISH), PITH_END);
}

TEST(Decoder, ErrorsAreStickyUntilReset) {
  Bytes coded = two_blocks().bytes();
  coded[100] ^= 1;
  const DecoderPtr dec(pith_decoder_new(nullptr));
  const Result first = run_decoder(dec.get(), coded, Cuts::none(), Cuts::none());
  EXPECT_EQ(first.status, PITH_ERR_CHECKSUM);
  EXPECT_EQ(first.error.block, 0u);
  EXPECT_EQ(first.error.offset, kHeaderSize);
  EXPECT_EQ(run_decoder(dec.get(), coded, Cuts::none(), Cuts::none()).status, PITH_ERR_STATE);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, 2), PITH_ERR_STATE);
  pith_error error;
  pith_decoder_error(dec.get(), &error);
  EXPECT_EQ(error.status, PITH_ERR_CHECKSUM);
  ASSERT_EQ(pith_decoder_reset(dec.get()), PITH_OK);
  coded[100] ^= 1;
  EXPECT_EQ(run_decoder(dec.get(), coded, Cuts::none(), Cuts::none()).status, PITH_END);
}

TEST(Decoder, InfoOfTheFrameInWork) {
  const Bytes coded = encoded(prose(3000, 1), {.level = 2, .block_size = 1024});
  const DecoderPtr dec(pith_decoder_new(nullptr));
  pith_info info;
  EXPECT_EQ(pith_decoder_info(dec.get(), &info), PITH_ERR_STATE);
  const uint64_t before = pith_decoder_memory(dec.get());
  uint8_t room[1];
  pith_out out = {room, 0, 0};
  pith_in in = {coded.data(), 30, 0};
  ASSERT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_RUN), PITH_OK);
  ASSERT_EQ(pith_decoder_info(dec.get(), &info), PITH_OK);
  EXPECT_EQ(info.level, 2);
  EXPECT_EQ(info.block_size, 1024u);
  EXPECT_EQ(pith_decoder_memory(dec.get()), info.decoder_memory);
  EXPECT_LT(info.decoder_memory, before);
}

TEST(Decoder, BadArguments) {
  const DecoderPtr dec(pith_decoder_new(nullptr));
  pith_in in = {nullptr, 0, 0};
  pith_out out = {nullptr, 0, 0};
  EXPECT_EQ(pith_decoder_run(nullptr, &out, &in, PITH_RUN), PITH_ERR_PARAM);
  EXPECT_EQ(pith_decoder_run(dec.get(), nullptr, &in, PITH_RUN), PITH_ERR_PARAM);
  EXPECT_EQ(pith_decoder_run(dec.get(), &out, nullptr, PITH_RUN), PITH_ERR_PARAM);
  EXPECT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_FLUSH), PITH_ERR_PARAM);
  in.size = 1;
  EXPECT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_RUN), PITH_ERR_PARAM);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_LEVEL, 3), PITH_ERR_PARAM);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_IGNORE_TRAILING, 2), PITH_ERR_PARAM);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, 100000), PITH_ERR_PARAM);
  pith_decoder_free(nullptr);
}

}  // namespace
}  // namespace pith::test
