// Random access: every range is a slice of the original; what lies is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

#include "archive.h"
#include "container/base/checksum.h"
#include "container/base/varint.h"
#include "container/format/format.h"

namespace pith::test {
namespace {

struct FreeReader {
  void operator()(pith_reader* reader) const { pith_reader_free(reader); }
};
using ReaderPtr = std::unique_ptr<pith_reader, FreeReader>;

ReaderPtr open_reader(MemorySource* source, int* status = nullptr, pith_error* error = nullptr) {
  const pith_source raw = source->source();
  return ReaderPtr(pith_reader_open(&raw, nullptr, status, error));
}

int open_status(Bytes coded) {
  MemorySource source(std::move(coded));
  int status = PITH_OK;
  const ReaderPtr reader = open_reader(&source, &status);
  EXPECT_EQ(reader != nullptr, status == PITH_OK);
  return status;
}

// Several frames of blocks of different sizes and methods, one frame without blocks.
Archive mixed_archive() {
  Archive archive;
  archive.add_frame({random_bytes(1500, 1), words(3000, 2), repeated_text(20000, 3), words(1, 4)});
  archive.add_frame({});
  archive.add_frame({words(5000, 5)}, 2);
  archive.add_frame({random_bytes(300, 6), random_bytes(300, 7), random_bytes(10, 8)});
  return archive;
}

// Reads a range and compares it with the original.
void expect_slice(pith_reader* reader, const Bytes& raw, uint64_t offset, size_t size) {
  Bytes got(size + 1, 0xEE);
  size_t done = 1;
  ASSERT_EQ(pith_reader_read(reader, got.data(), size, offset, &done), PITH_OK);
  const size_t begin = static_cast<size_t>(std::min<uint64_t>(offset, raw.size()));
  ASSERT_EQ(done, std::min(size, raw.size() - begin)) << offset << "+" << size;
  ASSERT_TRUE(std::equal(got.begin(), got.begin() + static_cast<ptrdiff_t>(done),
                         raw.begin() + static_cast<ptrdiff_t>(begin)))
      << offset << "+" << size;
  ASSERT_EQ(got[done], 0xEE) << "wrote past the end";
}

TEST(Reader, CountsFramesBlocksAndBytes) {
  const Archive archive = mixed_archive();
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(pith_reader_size(reader.get()), archive.raw.size());
  EXPECT_EQ(pith_reader_frames(reader.get()), 4u);
  EXPECT_EQ(pith_reader_blocks(reader.get()), 8u);
}

TEST(Reader, OpensWithoutReadingPayload) {
  Archive archive;
  archive.add_frame({random_bytes(100000, 1), random_bytes(100000, 2)});
  // With every byte between header and footer destroyed, listing the frame still works.
  std::fill(archive.coded.begin() + static_cast<ptrdiff_t>(archive.frames[0].header.end),
            archive.coded.begin() + static_cast<ptrdiff_t>(archive.frames[0].footer.begin), 0);
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(pith_reader_size(reader.get()), 200000u);
}

TEST(Reader, DescribesFrames) {
  const Archive archive = mixed_archive();
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  for (size_t i = 0; i < archive.frames.size(); ++i) {
    const FrameSpan& frame = archive.frames[i];
    pith_info info{};
    ASSERT_EQ(pith_reader_frame_info(reader.get(), i, &info), PITH_OK);
    EXPECT_EQ(info.format_version, 1);
    EXPECT_EQ(info.level, i == 2 ? 2 : 1);
    EXPECT_EQ(info.raw_size, frame.raw_size);
    EXPECT_EQ(info.coded_size, frame.footer.end - frame.header.begin);
    EXPECT_EQ(info.blocks, frame.blocks.size());
    container::Hasher128 hasher;
    hasher.update(std::span(archive.raw).subspan(frame.raw_offset, frame.raw_size));
    const container::Hash128 expected =
        frame.blocks.empty() ? container::Hash128{} : hasher.digest();
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), info.content_hash));
  }
  pith_info info{};
  EXPECT_EQ(pith_reader_frame_info(reader.get(), 4, &info), PITH_ERR_PARAM);
}

TEST(Reader, DescribesBlocks) {
  const Archive archive = mixed_archive();
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  uint64_t index = 0;
  for (size_t f = 0; f < archive.frames.size(); ++f) {
    const FrameSpan& frame = archive.frames[f];
    for (size_t b = 0; b < frame.blocks.size(); ++b, ++index) {
      const BlockSpan& block = frame.blocks[b];
      pith_block_info info{};
      ASSERT_EQ(pith_reader_block_info(reader.get(), index, &info), PITH_OK);
      EXPECT_EQ(info.frame, f);
      EXPECT_EQ(info.block, b);
      EXPECT_EQ(info.raw_offset, frame.raw_offset + block.raw.begin);
      EXPECT_EQ(info.raw_size, block.raw.size());
      EXPECT_EQ(info.coded_offset, block.coded.begin);
      EXPECT_EQ(info.coded_size, block.coded.size());
      const auto raw = std::span(archive.raw).subspan(info.raw_offset, info.raw_size);
      EXPECT_EQ(info.raw_hash, container::hash64(raw));
    }
  }
  pith_block_info info{};
  ASSERT_EQ(pith_reader_block_info(reader.get(), 0, &info), PITH_OK);
  EXPECT_EQ(info.method, PITH_METHOD_STORED);
  EXPECT_EQ(info.kind, PITH_KIND_INCOMPRESSIBLE);
  ASSERT_EQ(pith_reader_block_info(reader.get(), 4, &info), PITH_OK);
  EXPECT_EQ(info.method, PITH_METHOD_NGRAM);
  EXPECT_EQ(info.level, 2);
  EXPECT_EQ(pith_reader_block_info(reader.get(), 8, &info), PITH_ERR_PARAM);
  pith_error error{};
  pith_reader_error(reader.get(), &error);
  EXPECT_EQ(error.status, PITH_ERR_PARAM);
}

TEST(Reader, RangesAreSlicesOfTheOriginal) {
  const Archive archive = mixed_archive();
  std::mt19937_64 random(11);
  for (unsigned threads : {1u, 3u}) {
    MemorySource source(archive.coded);
    source.max_read = 777;  // short reads are allowed
    const ReaderPtr reader = open_reader(&source);
    ASSERT_NE(reader, nullptr);
    ASSERT_EQ(pith_reader_set(reader.get(), PITH_PARAM_THREADS, threads), PITH_OK);
    expect_slice(reader.get(), archive.raw, 0, archive.raw.size());
    for (int i = 0; i < 120; ++i) {
      const uint64_t offset = random() % (archive.raw.size() + 10);
      const size_t size = static_cast<size_t>(random() % (i % 2 == 0 ? 50 : archive.raw.size()));
      expect_slice(reader.get(), archive.raw, offset, size);
    }
  }
}

TEST(Reader, RangesAtEveryBlockEdge) {
  const Archive archive = mixed_archive();
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  for (const FrameSpan& frame : archive.frames) {
    for (const BlockSpan& block : frame.blocks) {
      for (uint64_t edge : {block.raw.begin, block.raw.end}) {
        const uint64_t at = frame.raw_offset + edge;
        for (size_t size : {0u, 1u, 2u}) {
          expect_slice(reader.get(), archive.raw, at, size);
          if (at > 0) expect_slice(reader.get(), archive.raw, at - 1, size);
        }
      }
    }
  }
}

TEST(Reader, BlockSizesFromOneByteUp) {
  for (size_t block_size : {1u, 2u, 100u, 1024u, 4097u}) {
    Archive archive;
    std::mt19937_64 random(block_size);
    for (int frame = 0; frame < 2; ++frame) {
      std::vector<Bytes> blocks;
      for (size_t i = 0; i < 6; ++i) blocks.push_back(some_content(block_size, random()));
      archive.add_frame(blocks);
    }
    MemorySource source(archive.coded);
    const ReaderPtr reader = open_reader(&source);
    ASSERT_NE(reader, nullptr);
    for (int i = 0; i < 30; ++i) {
      expect_slice(reader.get(), archive.raw, random() % archive.raw.size(),
                   static_cast<size_t>(random() % (3 * block_size)));
    }
  }
}

TEST(Reader, ReadingOnInABlockDoesNotReadItAgain) {
  Archive archive;
  archive.add_frame({words(5000, 1), words(5000, 2)});
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  expect_slice(reader.get(), archive.raw, 0, 10);
  const int64_t calls = source.calls;
  expect_slice(reader.get(), archive.raw, 10, 4990);
  expect_slice(reader.get(), archive.raw, 5, 20);
  EXPECT_EQ(source.calls, calls);
  expect_slice(reader.get(), archive.raw, 5000, 1);
  EXPECT_GT(source.calls, calls);
}

TEST(Reader, EmptyInput) {
  Archive archive;
  archive.add_frame({});
  EXPECT_EQ(archive.coded.size(), 35u);
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(pith_reader_blocks(reader.get()), 0u);
  expect_slice(reader.get(), archive.raw, 0, 10);
  expect_slice(reader.get(), archive.raw, UINT64_MAX, 10);
}

// ---- Refusals
// --------------------------------------------------------------------------------------------

TEST(ReaderRefuses, EveryTruncation) {
  const Archive archive = mixed_archive();
  std::vector<size_t> frame_ends = {0};
  for (const FrameSpan& frame : archive.frames) frame_ends.push_back(frame.footer.end);
  for (size_t size = 0; size < archive.coded.size(); ++size) {
    const Bytes cut(archive.coded.begin(), archive.coded.begin() + static_cast<ptrdiff_t>(size));
    const bool whole = size != 0 && std::count(frame_ends.begin(), frame_ends.end(), size) != 0;
    ASSERT_EQ(open_status(cut), whole ? PITH_OK : PITH_ERR_TRUNCATED) << size;
  }
}

TEST(ReaderRefuses, ForeignData) {
  EXPECT_EQ(open_status(words(1, 1)), PITH_ERR_FORMAT);
  EXPECT_EQ(open_status(words(10000, 1)), PITH_ERR_FORMAT);
  EXPECT_EQ(open_status(random_bytes(10000, 1)), PITH_ERR_FORMAT);
  EXPECT_EQ(open_status(Bytes(10000, 0)), PITH_ERR_FORMAT);
}

TEST(ReaderRefuses, TrailingBytesAndSaysWhere) {
  Archive archive = mixed_archive();
  const size_t size = archive.coded.size();
  archive.coded.insert(archive.coded.end(), 100, 0);
  MemorySource source(archive.coded);
  int status = PITH_OK;
  pith_error error{};
  EXPECT_EQ(open_reader(&source, &status, &error), nullptr);
  EXPECT_EQ(status, PITH_ERR_TRAILING);
  EXPECT_EQ(error.status, PITH_ERR_TRAILING);
  EXPECT_EQ(error.offset, size);
}

// A flipped bit in header or footer is refused when opening, in a block when that block is read;
// all other blocks can still be read.
TEST(ReaderRefuses, EveryFlippedBit) {
  Archive archive;
  archive.add_frame({random_bytes(60, 1), words(200, 2), repeated_text(2000, 3)});
  archive.add_frame({random_bytes(40, 4)});
  for (size_t at = 0; at < archive.coded.size(); ++at) {
    MemorySource source(archive.coded);
    source.bytes[at] = static_cast<uint8_t>(source.bytes[at] ^ (1u << (at % 8)));
    const ReaderPtr reader = open_reader(&source);
    for (const FrameSpan& frame : archive.frames) {
      const bool in_frame = at >= frame.header.begin && at < frame.footer.end;
      const bool in_body = in_frame && at >= frame.header.end && at < frame.footer.begin;
      if (in_frame) {
        ASSERT_EQ(reader != nullptr, in_body) << at;
      }
      if (reader == nullptr) continue;
      for (const BlockSpan& block : frame.blocks) {
        Bytes got(block.raw.size());
        size_t done = 0;
        const uint64_t offset = frame.raw_offset + block.raw.begin;
        const int status = pith_reader_read(reader.get(), got.data(), got.size(), offset, &done);
        const bool damaged = at >= block.coded.begin && at < block.coded.end;
        ASSERT_EQ(status < 0, damaged) << at;
        if (damaged) {
          ASSERT_EQ(done, 0u);
          pith_error error{};
          pith_reader_error(reader.get(), &error);
          ASSERT_EQ(error.offset, block.coded.begin) << at;
        } else {
          ASSERT_TRUE(std::equal(got.begin(), got.end(),
                                 archive.raw.begin() + static_cast<ptrdiff_t>(offset)));
        }
      }
    }
  }
}

TEST(ReaderRefuses, ABlockThatContradictsTheIndex) {
  // Two blocks of equal coded and raw size, swapped: each is whole, but not where the index has it.
  Archive archive;
  archive.add_frame({random_bytes(500, 1), random_bytes(500, 2), random_bytes(500, 3)});
  const auto& blocks = archive.frames[0].blocks;
  // Raw offsets 500 and 1000 both take two bytes, so the headers are of one size.
  ASSERT_EQ(blocks[1].coded.size(), blocks[2].coded.size());
  std::swap_ranges(archive.coded.begin() + static_cast<ptrdiff_t>(blocks[1].coded.begin),
                   archive.coded.begin() + static_cast<ptrdiff_t>(blocks[1].coded.end),
                   archive.coded.begin() + static_cast<ptrdiff_t>(blocks[2].coded.begin));
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  Bytes got(1500);
  size_t done = 0;
  EXPECT_EQ(pith_reader_read(reader.get(), got.data(), got.size(), 0, &done), PITH_ERR_CORRUPT);
  EXPECT_EQ(done, 500u);
  pith_error error{};
  pith_reader_error(reader.get(), &error);
  EXPECT_EQ(error.block, 1u);
}

// A footer with valid checks and any content.
Bytes forged_footer(uint64_t header_size, const std::vector<container::IndexEntry>& entries,
                    uint64_t blocks) {
  Bytes bytes(64 + 20 * entries.size());
  container::ByteWriter writer(bytes);
  writer.bytes(container::kFooterMarker);
  writer.varint(header_size);
  writer.varint(blocks);
  for (const container::IndexEntry& entry : entries) {
    writer.varint(entry.coded_total);
    writer.varint(entry.raw_size);
  }
  if (!entries.empty() && container::has_content_hash(blocks, entries.front())) {
    writer.bytes(container::Hash128{});
  }
  writer.u32(container::check32(writer.written()));
  writer.u32(static_cast<uint32_t>(writer.size()));
  writer.bytes(container::kEndMagic);
  bytes.resize(writer.size());
  return bytes;
}

Bytes with_footer(const Archive& archive, const Bytes& footer) {
  Bytes bytes(archive.coded.begin(),
              archive.coded.begin() + static_cast<ptrdiff_t>(archive.frames[0].footer.begin));
  bytes.insert(bytes.end(), footer.begin(), footer.end());
  return bytes;
}

TEST(ReaderRefuses, LyingIndexWithoutAllocatingForIt) {
  Archive archive;
  archive.add_frame({random_bytes(500, 1), random_bytes(500, 2)});
  const FrameSpan& frame = archive.frames[0];
  const uint64_t header = frame.header.size();
  const uint64_t a = frame.blocks[0].coded.size();
  const uint64_t b = frame.blocks[1].coded.size();
  constexpr uint64_t kHuge = UINT64_MAX;
  const struct {
    const char* name;
    Bytes footer;
  } cases[] = {
      {"too many blocks", forged_footer(header, {{a, 500}, {b, 500}}, kHuge)},
      {"many blocks", forged_footer(header, {{a, 500}, {b, 500}}, 1 << 20)},
      {"too few blocks", forged_footer(header, {{a, 500}, {b, 500}}, 1)},
      {"one block left out", forged_footer(header, {{a, 500}}, 1)},
      {"no blocks", forged_footer(header, {}, 0)},
      {"raw size of zero", forged_footer(header, {{a, 0}, {b, 500}}, 2)},
      {"huge raw size", forged_footer(header, {{a, kHuge}, {b, 500}}, 2)},
      {"raw size above the block size", forged_footer(header, {{a, 500}, {b, 501}}, 2)},
      {"huge coded size", forged_footer(header, {{kHuge, 500}, {b, 500}}, 2)},
      {"sums that overflow", forged_footer(header, {{kHuge - b, 500}, {b + 1, 500}}, 2)},
      {"coded size of zero", forged_footer(header, {{0, 500}, {a + b, 500}}, 2)},
      {"coded sizes shifted", forged_footer(header, {{a - 1, 500}, {b + 2, 500}}, 2)},
      {"huge header size", forged_footer(kHuge, {{a, 500}, {b, 500}}, 2)},
      {"header size of zero", forged_footer(0, {{a, 500}, {b, 500}}, 2)},
      {"header size one off", forged_footer(header + 1, {{a, 500}, {b - 1, 500}}, 2)},
  };
  for (const auto& c : cases) {
    MemorySource source(with_footer(archive, c.footer));
    CountedMemory memory;
    const pith_allocator hooks = memory.hooks();
    const pith_source raw = source.source();
    int status = PITH_OK;
    pith_error error{};
    EXPECT_EQ(pith_reader_open(&raw, &hooks, &status, &error), nullptr) << c.name;
    EXPECT_TRUE(status == PITH_ERR_CORRUPT || status == PITH_ERR_TRUNCATED) << c.name << status;
    EXPECT_EQ(error.status, status) << c.name;
    EXPECT_LT(memory.largest, 16384u) << c.name;
    EXPECT_EQ(memory.in_use, 0u) << c.name;
  }
  // The forger's tools do make a footer that is accepted when it tells the truth.
  EXPECT_EQ(open_status(with_footer(archive, forged_footer(header, {{a, 500}, {b, 500}}, 2))),
            PITH_OK);
}

TEST(ReaderRefuses, FooterSizesThatPointElsewhere) {
  Archive archive;
  archive.add_frame({random_bytes(5000, 1)});
  for (uint32_t size : {0u, 1u, 9u, 10u, 100u, 5000u, 6000u, 0x7FFFFFFFu, UINT32_MAX}) {
    Bytes bytes = archive.coded;
    container::ByteWriter writer(std::span<uint8_t>(bytes).last(8).first(4));
    writer.u32(size);
    EXPECT_EQ(open_status(bytes), PITH_ERR_CORRUPT) << size;
  }
}

TEST(ReaderRefuses, FramesThatNameAPriorOrModel) {
  for (int which : {0, 1}) {
    Archive archive;
    archive.add_frame({random_bytes(500, 1)});
    container::FrameHeader header;
    size_t old_size = 0;
    ASSERT_TRUE(container::parse_frame_header(archive.coded, &header, &old_size).ok());
    (which == 0 ? header.prior_id : header.model_id) = 42;
    const auto bytes = container::serialise(header);
    const BlockSpan& block = archive.frames[0].blocks[0];
    Bytes coded(bytes.span().begin(), bytes.span().end());
    coded.insert(coded.end(), archive.coded.begin() + static_cast<ptrdiff_t>(block.coded.begin),
                 archive.coded.begin() + static_cast<ptrdiff_t>(block.coded.end));
    const Bytes footer = forged_footer(bytes.size, {{block.coded.size(), 500}}, 1);
    coded.insert(coded.end(), footer.begin(), footer.end());
    MemorySource source(coded);
    const ReaderPtr reader = open_reader(&source);
    ASSERT_NE(reader, nullptr) << "listing needs no prior or model";
    pith_info info{};
    ASSERT_EQ(pith_reader_frame_info(reader.get(), 0, &info), PITH_OK);
    EXPECT_EQ(which == 0 ? info.prior_id : info.model_id, 42u);
    uint8_t byte = 0;
    size_t done = 0;
    EXPECT_EQ(pith_reader_read(reader.get(), &byte, 1, 0, &done),
              which == 0 ? PITH_ERR_PRIOR : PITH_ERR_MODEL);
  }
}

// ---- Limits, hooks, failures
// -----------------------------------------------------------------------------

TEST(Reader, MemoryLimitIsKeptAndCanBeRaised) {
  Archive archive;
  archive.add_frame({words(100000, 1), random_bytes(200000, 2), words(50000, 3)});
  MemorySource source(archive.coded);
  CountedMemory memory;
  const pith_allocator hooks = memory.hooks();
  const pith_source raw = source.source();
  const ReaderPtr reader(pith_reader_open(&raw, &hooks, nullptr, nullptr));
  ASSERT_NE(reader, nullptr);
  Bytes got(archive.raw.size());
  size_t done = 0;
  ASSERT_EQ(pith_reader_set(reader.get(), PITH_PARAM_MEMLIMIT, 10000), PITH_OK);
  EXPECT_EQ(pith_reader_read(reader.get(), got.data(), got.size(), 0, &done), PITH_ERR_MEMLIMIT);
  EXPECT_EQ(done, 0u);
  // "needed" suffices, block by block, and is not exceeded by more than 5 %.
  for (int round = 0; round < 4 && done < got.size(); ++round) {
    pith_error error{};
    pith_reader_error(reader.get(), &error);
    ASSERT_GT(error.needed, 10000u);
    ASSERT_EQ(pith_reader_set(reader.get(), PITH_PARAM_MEMLIMIT, error.needed), PITH_OK);
    const size_t before = done;
    size_t more = 0;
    const int status =
        pith_reader_read(reader.get(), got.data() + before, got.size() - before, before, &more);
    done += more;
    ASSERT_TRUE(status == PITH_OK || status == PITH_ERR_MEMLIMIT);
    ASSERT_GT(done, before);
    ASSERT_LT(memory.largest, error.needed + error.needed / 20);
  }
  EXPECT_EQ(got, archive.raw);
}

TEST(Reader, MemoryLimitUsesFewerThreadsBeforeItFails) {
  Archive archive;
  archive.add_frame({random_bytes(100000, 1), random_bytes(100000, 2), random_bytes(100000, 3)});
  MemorySource source(archive.coded);
  CountedMemory memory;
  const pith_allocator hooks = memory.hooks();
  const pith_source raw = source.source();
  const ReaderPtr reader(pith_reader_open(&raw, &hooks, nullptr, nullptr));
  ASSERT_NE(reader, nullptr);
  constexpr uint64_t kLimit = 1'100'000;  // two such blocks, not three
  ASSERT_EQ(pith_reader_set(reader.get(), PITH_PARAM_MEMLIMIT, kLimit), PITH_OK);
  ASSERT_EQ(pith_reader_set(reader.get(), PITH_PARAM_THREADS, 8), PITH_OK);
  expect_slice(reader.get(), archive.raw, 0, archive.raw.size());
  EXPECT_LT(memory.largest, kLimit);
}

// threads: 1 works on the caller's own, where missing memory leaves the blocks half way.
void expect_every_allocation_may_fail(unsigned threads) {
  const Archive archive = mixed_archive();
  bool all_succeeded = false;
  size_t failed = 0;
  for (size_t k = 0; !all_succeeded; ++k) {
    ASSERT_LT(k, 1000u);
    MemorySource source(archive.coded);
    CountedMemory memory;
    memory.fail_at = k;
    const pith_allocator hooks = memory.hooks();
    const pith_source raw = source.source();
    int status = PITH_OK;
    {
      const ReaderPtr reader(pith_reader_open(&raw, &hooks, &status, nullptr));
      if (reader != nullptr) {
        ASSERT_EQ(pith_reader_set(reader.get(), PITH_PARAM_THREADS, threads), PITH_OK);
        Bytes got(archive.raw.size());
        size_t done = 0;
        status = pith_reader_read(reader.get(), got.data(), got.size(), 0, &done);
        ASSERT_TRUE(std::equal(got.begin(), got.begin() + static_cast<ptrdiff_t>(done),
                               archive.raw.begin()));
        if (status != PITH_OK) expect_slice(reader.get(), archive.raw, 0, archive.raw.size());
      }
    }
    ASSERT_EQ(memory.in_use, 0u);
    if (memory.allocations <= k) {
      ASSERT_EQ(status, PITH_OK);
      all_succeeded = true;
      ASSERT_GE(failed, 5u);
    } else {
      // OK where it was a thread that could not be had: the work is done without.
      ASSERT_TRUE(status == PITH_ERR_MEMORY || status == PITH_OK) << k;
      failed += status == PITH_ERR_MEMORY ? 1 : 0;
    }
  }
}

TEST(Reader, EveryAllocationMayFail) {
  for (const unsigned threads : {1u, 2u}) {
    ASSERT_NO_FATAL_FAILURE(expect_every_allocation_may_fail(threads)) << threads;
  }
}

TEST(Reader, EveryReadOfTheSourceMayFail) {
  const Archive archive = mixed_archive();
  for (int64_t k = 0;; ++k) {
    ASSERT_LT(k, 1000);
    MemorySource source(archive.coded);
    source.fail_call = k;
    source.error = 28;
    int status = PITH_OK;
    pith_error error{};
    const ReaderPtr reader = open_reader(&source, &status, &error);
    if (reader != nullptr) {
      Bytes got(archive.raw.size());
      size_t done = 0;
      status = pith_reader_read(reader.get(), got.data(), got.size(), 0, &done);
      pith_reader_error(reader.get(), &error);
    }
    if (source.calls <= k) {
      ASSERT_EQ(status, PITH_OK);
      return;
    }
    ASSERT_EQ(status, PITH_ERR_IO) << k;
    ASSERT_EQ(error.sys_errno, 28);
  }
}

TEST(Reader, SourcesThatLieAboutTheirSize) {
  const Archive archive = mixed_archive();
  MemorySource source(archive.coded);
  pith_source raw = source.source();
  raw.size += 1000;
  int status = PITH_OK;
  EXPECT_EQ(pith_reader_open(&raw, nullptr, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_IO);
  raw.size = UINT64_MAX;
  EXPECT_EQ(pith_reader_open(&raw, nullptr, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_IO);
}

TEST(Reader, ArgumentsOutOfRange) {
  int status = PITH_OK;
  EXPECT_EQ(pith_reader_open(nullptr, nullptr, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_PARAM);
  pith_reader_free(nullptr);
  const Archive archive = mixed_archive();
  MemorySource source(archive.coded);
  const ReaderPtr reader = open_reader(&source);
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(pith_reader_set(reader.get(), PITH_PARAM_LEVEL, 3), PITH_ERR_PARAM);
  EXPECT_EQ(pith_reader_set(reader.get(), PITH_PARAM_THREADS, UINT64_MAX), PITH_ERR_PARAM);
  EXPECT_EQ(pith_reader_set(reader.get(), PITH_PARAM_THREADS, 0), PITH_OK);
  EXPECT_EQ(pith_reader_read(reader.get(), nullptr, 1, 0, nullptr), PITH_ERR_PARAM);
}

}  // namespace
}  // namespace pith::test
