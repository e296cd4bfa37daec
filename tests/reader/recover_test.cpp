// Recovery: whatever happens to an archive, every block that is still whole comes back, in its
// place, and what is lost is told exactly.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory_resource>
#include <ostream>
#include <random>
#include <span>
#include <vector>

#include "archive.h"
#include "container/base/checksum.h"
#include "container/format/format.h"

namespace pith::test {
namespace {

constexpr uint64_t kUnknown = PITH_UNKNOWN_POSITION;

struct Loss {
  uint64_t frame = 0;
  Range raw;  // end is kUnknown if the size is
  Range coded;
  bool operator==(const Loss&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Loss& loss) {
  out << "frame " << loss.frame << " raw [" << loss.raw.begin << ", ";
  if (loss.raw.end == kUnknown) {
    out << "?";
  } else {
    out << loss.raw.end;
  }
  return out << ") coded [" << loss.coded.begin << ", " << loss.coded.end << ")";
}

struct Piece {
  uint64_t frame = 0;
  uint64_t raw_offset = 0;
  Bytes data;
};

struct Outcome {
  int status = PITH_OK;
  pith_error error{};
  std::vector<Piece> pieces;
  std::vector<Loss> losses;
  int calls_left = -1;  // callbacks until one says stop; -1: never

  [[nodiscard]] Bytes frame(uint64_t number) const {
    Bytes all;
    for (const Piece& piece : pieces) {
      if (piece.frame == number) all.insert(all.end(), piece.data.begin(), piece.data.end());
    }
    return all;
  }
};

void recover_into(Outcome* outcome, MemorySource* source, const pith_allocator* hooks = nullptr,
                  uint64_t memlimit = 0) {
  const pith_recover_sink sink = {
      [](void* opaque, uint64_t frame, uint64_t raw_offset, const void* data, size_t size) {
        auto* self = static_cast<Outcome*>(opaque);
        const auto* bytes = static_cast<const uint8_t*>(data);
        self->pieces.push_back({frame, raw_offset, Bytes(bytes, bytes + size)});
        return self->calls_left-- == 0 ? 1 : 0;
      },
      [](void* opaque, const pith_lost* lost) {
        auto* self = static_cast<Outcome*>(opaque);
        const uint64_t raw_end =
            lost->raw_size == kUnknown ? kUnknown : lost->raw_offset + lost->raw_size;
        self->losses.push_back({lost->frame,
                                {lost->raw_offset, raw_end},
                                {lost->coded_offset, lost->coded_offset + lost->coded_size}});
        return self->calls_left-- == 0 ? 1 : 0;
      },
      outcome};
  const pith_source raw = source->source();
  outcome->status = pith_recover(&raw, &sink, nullptr, nullptr, hooks, memlimit, &outcome->error);
}

Outcome recover(Bytes coded) {
  MemorySource source(std::move(coded));
  Outcome outcome;
  recover_into(&outcome, &source);
  return outcome;
}

// What is true of every outcome: order, no overlap, a status that fits, and no byte that was not
// there.
void expect_consistent(const Outcome& outcome, const Archive& archive) {
  uint64_t frame = 0;
  uint64_t raw_end = 0;
  for (const Piece& piece : outcome.pieces) {
    if (piece.frame != frame) raw_end = 0;
    ASSERT_GE(piece.frame, frame);
    ASSERT_GE(piece.raw_offset, raw_end);
    frame = piece.frame;
    raw_end = piece.raw_offset + piece.data.size();
    const bool true_somewhere =
        std::any_of(archive.frames.begin(), archive.frames.end(), [&](const FrameSpan& f) {
          return raw_end <= f.raw_size &&
                 std::equal(
                     piece.data.begin(), piece.data.end(),
                     archive.raw.begin() + static_cast<ptrdiff_t>(f.raw_offset + piece.raw_offset));
        });
    ASSERT_TRUE(true_somewhere) << "frame " << piece.frame << " at " << piece.raw_offset;
  }
  bool lost = false;
  uint64_t loss_frame = 0;
  for (const Loss& loss : outcome.losses) {
    ASSERT_GE(loss.frame, loss_frame);
    ASSERT_TRUE(loss.raw.size() != 0 || loss.coded.size() != 0) << "nothing is lost there";
    loss_frame = loss.frame;
    lost = lost || loss.raw.size() != 0;
  }
  if (outcome.status == PITH_OK || outcome.status == PITH_ERR_CORRUPT) {
    ASSERT_EQ(outcome.status, lost ? PITH_ERR_CORRUPT : PITH_OK);
  }
}

// Three frames of several blocks, and one without. All stored: tests decode them
// thousands of times.
Archive sample() {
  Archive archive;
  archive.add_frame(
      {random_bytes(70, 1), random_bytes(150, 2), random_bytes(70, 3), random_bytes(90, 4)});
  archive.add_frame({});
  archive.add_frame({random_bytes(300, 5), random_bytes(150, 6), random_bytes(80, 7)});
  archive.add_frame({random_bytes(200, 8)});
  return archive;
}

Bytes slice(const Archive& archive, const FrameSpan& frame, const Range& raw) {
  const auto begin = archive.raw.begin() + static_cast<ptrdiff_t>(frame.raw_offset + raw.begin);
  return {begin, begin + static_cast<ptrdiff_t>(raw.size())};
}

Bytes cut(const Bytes& bytes, uint64_t begin, uint64_t end) {
  Bytes out(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(begin));
  out.insert(out.end(), bytes.begin() + static_cast<ptrdiff_t>(end), bytes.end());
  return out;
}

Bytes insert(const Bytes& bytes, uint64_t at, const Bytes& what) {
  Bytes out = bytes;
  out.insert(out.begin() + static_cast<ptrdiff_t>(at), what.begin(), what.end());
  return out;
}

bool touches(const Range& range, uint64_t begin, uint64_t end) {
  return range.begin < end && begin < range.end;
}

// The blocks that came back, as (frame, block) of the archive they must be from.
void expect_blocks(const Outcome& outcome, const Archive& archive,
                   const std::vector<std::vector<bool>>& whole) {
  for (size_t f = 0; f < archive.frames.size(); ++f) {
    const FrameSpan& frame = archive.frames[f];
    for (size_t b = 0; b < frame.blocks.size(); ++b) {
      const Bytes raw = slice(archive, frame, frame.blocks[b].raw);
      const auto found =
          std::count_if(outcome.pieces.begin(), outcome.pieces.end(), [&](const Piece& piece) {
            return piece.raw_offset == frame.blocks[b].raw.begin && piece.data == raw;
          });
      ASSERT_EQ(found, whole[f][b] ? 1 : 0) << "frame " << f << " block " << b;
    }
  }
}

// [frame][block]: whether its bytes are all there, wherever that is. (A cut may leave a block whole
// by chance, where the byte that follows equals the one that went.)
std::vector<std::vector<bool>> whole_blocks(const Archive& archive, const Bytes& bytes) {
  std::vector<std::vector<bool>> whole;
  for (const FrameSpan& frame : archive.frames) {
    whole.emplace_back();
    for (const BlockSpan& block : frame.blocks) {
      const auto begin = archive.coded.begin();
      whole.back().push_back(
          std::search(bytes.begin(), bytes.end(), begin + static_cast<ptrdiff_t>(block.coded.begin),
                      begin + static_cast<ptrdiff_t>(block.coded.end)) != bytes.end());
    }
  }
  return whole;
}

// ---- Nothing wrong
// ---------------------------------------------------------------------------------------

TEST(Recover, WholeArchives) {
  Archive archive = sample();
  archive.add_frame({words(5000, 9), random_bytes(300, 10), repeated_text(100000, 11)}, 2);
  const Outcome outcome = recover(archive.coded);
  EXPECT_EQ(outcome.status, PITH_OK);
  EXPECT_TRUE(outcome.losses.empty());
  expect_consistent(outcome, archive);
  for (size_t f = 0; f < archive.frames.size(); ++f) {
    EXPECT_EQ(outcome.frame(f), slice(archive, archive.frames[f], {0, archive.frames[f].raw_size}));
  }
}

TEST(Recover, ForeignData) {
  for (const Bytes& foreign :
       {words(10000, 1), random_bytes(10000, 2), Bytes(1, 0), Bytes(70000, 0xB7)}) {
    const Outcome outcome = recover(foreign);
    EXPECT_EQ(outcome.status, PITH_ERR_FORMAT);
    EXPECT_TRUE(outcome.losses.empty());
  }
  EXPECT_EQ(recover({}).status, PITH_ERR_TRUNCATED);
}

TEST(Recover, NothingButABeginning) {
  const Archive archive = sample();
  for (size_t size : {8u, 10u, 16u}) {
    const Outcome outcome = recover(Bytes(archive.coded.begin(), archive.coded.begin() + size));
    EXPECT_EQ(outcome.status, PITH_ERR_CORRUPT);
    EXPECT_EQ(outcome.losses, (std::vector<Loss>{{0, {0, kUnknown}, {0, size}}}));
  }
}

// ---- Bytes changed in place
// ------------------------------------------------------------------------------

// What recovery must say when the bytes of `damage` were changed, if that is not a footer together
// with the header behind it.
std::vector<Loss> expected_losses(const Archive& archive, const std::vector<uint64_t>& damage) {
  const auto hit = [&](const Range& range) {
    return std::any_of(damage.begin(), damage.end(),
                       [&](uint64_t at) { return touches(range, at, at + 1); });
  };
  std::vector<Loss> losses;
  for (uint64_t f = 0; f < archive.frames.size(); ++f) {
    const FrameSpan& frame = archive.frames[f];
    std::vector<Loss> of_frame;
    const auto lose = [&](const Range& raw, const Range& coded) {
      if (!of_frame.empty() && of_frame.back().raw.end == raw.begin &&
          of_frame.back().coded.end == coded.begin) {
        of_frame.back().raw.end = raw.end;
        of_frame.back().coded.end = coded.end;
      } else {
        of_frame.push_back({f, raw, coded});
      }
    };
    if (hit(frame.header)) lose({0, 0}, frame.header);
    for (const BlockSpan& block : frame.blocks) {
      if (hit(block.coded)) lose(block.raw, block.coded);
    }
    const Range checked{frame.footer.begin, frame.footer.end - container::kFooterTailSize};
    const Range tail{checked.end, frame.footer.end};
    if (hit(checked)) {
      lose({frame.raw_size, kUnknown}, frame.footer);
    } else if (hit(tail)) {
      lose({frame.raw_size, frame.raw_size}, tail);
    }
    losses.insert(losses.end(), of_frame.begin(), of_frame.end());
  }
  return losses;
}

Bytes damaged(const Bytes& bytes, const std::vector<uint64_t>& damage, std::mt19937_64* random) {
  Bytes out = bytes;
  for (uint64_t at : damage) {
    out[at] = static_cast<uint8_t>(out[at] ^ (1 + (*random)() % 255));
  }
  return out;
}

void expect_exact(const Archive& archive, const std::vector<uint64_t>& damage,
                  std::mt19937_64* random) {
  const Outcome outcome = recover(damaged(archive.coded, damage, random));
  ASSERT_EQ(outcome.losses, expected_losses(archive, damage));
  expect_consistent(outcome, archive);
  for (size_t f = 0; f < archive.frames.size(); ++f) {
    const FrameSpan& frame = archive.frames[f];
    Bytes expected;
    for (const BlockSpan& block : frame.blocks) {
      const bool whole = std::none_of(damage.begin(), damage.end(), [&](uint64_t at) {
        return touches(block.coded, at, at + 1);
      });
      const Bytes raw = slice(archive, frame, block.raw);
      if (whole) expected.insert(expected.end(), raw.begin(), raw.end());
    }
    ASSERT_EQ(outcome.frame(f), expected) << "frame " << f;
  }
}

TEST(Recover, OneByteChangedAnywhere) {
  const Archive archive = sample();
  std::mt19937_64 random(1);
  for (uint64_t at = 0; at < archive.coded.size(); ++at) {
    SCOPED_TRACE(at);
    ASSERT_NO_FATAL_FAILURE(expect_exact(archive, {at}, &random));
  }
}

TEST(Recover, SeveralBytesChanged) {
  const Archive archive = sample();
  std::mt19937_64 random(2);
  for (int round = 0; round < 1500; ++round) {
    std::vector<uint64_t> damage;
    for (uint64_t n = 2 + random() % 4; n > 0; --n)
      damage.push_back(random() % archive.coded.size());
    const auto hit = [&](const Range& range) {
      return std::any_of(damage.begin(), damage.end(),
                         [&](uint64_t at) { return touches(range, at, at + 1); });
    };
    // A header is placed by its own footer or the one before it. Without those, frames run
    // together.
    bool ambiguous = false;
    for (size_t f = 0; f < archive.frames.size(); ++f) {
      const bool headless = hit(archive.frames[f].header);
      if (headless && hit(archive.frames[f].footer)) ambiguous = true;
      if (headless && f > 0 && hit(archive.frames[f - 1].footer)) ambiguous = true;
    }
    if (ambiguous) continue;
    SCOPED_TRACE(round);
    ASSERT_NO_FATAL_FAILURE(expect_exact(archive, damage, &random));
  }
}

TEST(Recover, ABurstOverTheSeamOfTwoFramesKeepsThemApart) {
  Archive archive;
  // Stored blocks of one size: only their order tells the frames apart.
  archive.add_frame({random_bytes(500, 1), random_bytes(500, 2), random_bytes(500, 3)});
  archive.add_frame({random_bytes(500, 4), random_bytes(500, 5), random_bytes(500, 6)});
  const FrameSpan& first = archive.frames[0];
  const FrameSpan& second = archive.frames[1];
  Bytes bytes = archive.coded;
  const Range burst{first.footer.begin, second.header.end};
  std::fill(bytes.begin() + static_cast<ptrdiff_t>(burst.begin),
            bytes.begin() + static_cast<ptrdiff_t>(burst.end), 0);
  const Outcome outcome = recover(bytes);
  EXPECT_EQ(outcome.status, PITH_ERR_CORRUPT);
  EXPECT_EQ(outcome.losses, (std::vector<Loss>{{0, {1500, kUnknown}, burst}}));
  EXPECT_EQ(outcome.frame(0), slice(archive, first, {0, 1500}));
  EXPECT_EQ(outcome.frame(1), slice(archive, second, {0, 1500}));
}

TEST(Recover, AFrameThatIsGoneWhollyStillCounts) {
  Archive archive = sample();
  const FrameSpan& gone = archive.frames[2];
  std::fill(archive.coded.begin() + static_cast<ptrdiff_t>(gone.header.begin),
            archive.coded.begin() + static_cast<ptrdiff_t>(gone.footer.end), 0x55);
  const Outcome outcome = recover(archive.coded);
  EXPECT_EQ(outcome.status, PITH_ERR_CORRUPT);
  EXPECT_EQ(outcome.losses,
            (std::vector<Loss>{{2, {0, kUnknown}, {gone.header.begin, gone.footer.end}}}));
  EXPECT_EQ(outcome.frame(3), slice(archive, archive.frames[3], {0, 200}));
}

TEST(Recover, APithFileInsideADamagedBlockIsNotTakenForPartOfTheArchive) {
  Archive inner;
  inner.add_frame({random_bytes(300, 1), random_bytes(300, 2)});
  Archive outer;
  outer.add_frame({random_bytes(100, 3), inner.coded, random_bytes(100, 4)});
  const FrameSpan& frame = outer.frames[0];
  const BlockSpan& block = frame.blocks[1];
  Bytes bytes = outer.coded;
  bytes[block.coded.begin + 5] ^= 1;  // its header: the payload is a whole pith file
  const Outcome outcome = recover(bytes);
  EXPECT_EQ(outcome.losses, (std::vector<Loss>{{0, block.raw, block.coded}}));
  expect_consistent(outcome, outer);
  EXPECT_EQ(outcome.pieces.size(), 2u);
}

// ---- Bytes missing
// ---------------------------------------------------------------------------------------

TEST(Recover, EveryTruncation) {
  const Archive archive = sample();
  for (uint64_t size = 1; size < archive.coded.size(); ++size) {
    SCOPED_TRACE(size);
    const Bytes bytes = cut(archive.coded, size, archive.coded.size());
    const Outcome outcome = recover(bytes);
    if (size < 8) {
      ASSERT_EQ(outcome.status, PITH_ERR_CORRUPT);
      continue;
    }
    ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
    ASSERT_NO_FATAL_FAILURE(expect_blocks(outcome, archive, whole_blocks(archive, bytes)));
    // One loss at most, at the end, and all that is left of the data is accounted for.
    ASSERT_LE(outcome.losses.size(), 1u);
    const auto at_end = [&](const FrameSpan& f) {
      return f.footer.end - container::kFooterTailSize <= size && size <= f.footer.end;
    };
    const bool ends_with_a_frame =
        std::any_of(archive.frames.begin(), archive.frames.end(), at_end);
    ASSERT_EQ(outcome.status, ends_with_a_frame ? PITH_OK : PITH_ERR_CORRUPT);
    if (!outcome.losses.empty()) {
      ASSERT_EQ(outcome.losses[0].coded.end, size);
    }
    if (!ends_with_a_frame) {
      ASSERT_EQ(outcome.losses[0].raw.end, kUnknown);
    }
  }
}

TEST(Recover, ABeginningThatIsMissing) {
  const Archive archive = sample();
  const FrameSpan& frame = archive.frames[0];
  for (uint64_t size = 1; size <= frame.footer.begin; ++size) {
    SCOPED_TRACE(size);
    const Bytes bytes = cut(archive.coded, 0, size);
    const Outcome outcome = recover(bytes);
    ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
    ASSERT_NO_FATAL_FAILURE(expect_blocks(outcome, archive, whole_blocks(archive, bytes)));
    // The footer still tells how much is missing.
    uint64_t lost = 0;
    uint64_t next = frame.footer.begin;
    for (const BlockSpan& block : frame.blocks) {
      if (block.coded.begin < size) {
        lost = block.raw.end;
      } else {
        next = std::min(next, block.coded.begin);
      }
    }
    if (lost == 0 && next == size) {  // cut just behind the header
      ASSERT_EQ(outcome.status, PITH_OK);
      continue;
    }
    ASSERT_EQ(outcome.losses, (std::vector<Loss>{{0, {0, lost}, {0, next - size}}}));
  }
}

TEST(Recover, APieceOfAFrameThatIsMissing) {
  const Archive archive = sample();
  const FrameSpan& frame = archive.frames[0];
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    // Between header and footer, both of which stay.
    const uint64_t body = frame.footer.begin - frame.header.end;
    const uint64_t begin = frame.header.end + random() % body;
    const uint64_t end = begin + 1 + random() % (frame.footer.begin - begin);
    SCOPED_TRACE(testing::Message() << begin << ".." << end);
    const Bytes bytes = cut(archive.coded, begin, end);
    const Outcome outcome = recover(bytes);
    ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
    ASSERT_NO_FATAL_FAILURE(expect_blocks(outcome, archive, whole_blocks(archive, bytes)));
    Loss loss{0, {kUnknown, 0}, {kUnknown, 0}};
    const auto whole = whole_blocks(archive, bytes);
    bool by_chance = false;
    for (size_t b = 0; b < frame.blocks.size(); ++b) {
      const BlockSpan& block = frame.blocks[b];
      if (!touches(block.coded, begin, end)) continue;
      by_chance = by_chance || whole[0][b];
      loss.raw.begin = std::min(loss.raw.begin, block.raw.begin);
      loss.raw.end = std::max(loss.raw.end, block.raw.end);
      loss.coded.begin = std::min(loss.coded.begin, block.coded.begin);
      loss.coded.end = std::max(loss.coded.end, block.coded.end);
    }
    loss.coded.end -= end - begin;
    if (!by_chance) {
      ASSERT_EQ(outcome.losses, std::vector<Loss>{loss});
    }
  }
}

TEST(Recover, AnyPieceThatIsMissing) {
  const Archive archive = sample();
  std::mt19937_64 random(4);
  for (int round = 0; round < 1500; ++round) {
    const uint64_t begin = random() % archive.coded.size();
    const uint64_t end =
        begin + 1 + random() % std::min<uint64_t>(archive.coded.size() - begin, 600);
    SCOPED_TRACE(testing::Message() << begin << ".." << end);
    const Bytes bytes = cut(archive.coded, begin, end);
    const Outcome outcome = recover(bytes);
    ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
    ASSERT_NO_FATAL_FAILURE(expect_blocks(outcome, archive, whole_blocks(archive, bytes)));
  }
}

// ---- Foreign bytes, copies, disorder
// -----------------------------------------------------------------------

TEST(Recover, ForeignBytesInsideAFrameCostTheBlockTheyHitAtMost) {
  const Archive archive = sample();
  const FrameSpan& frame = archive.frames[0];
  for (uint64_t at = frame.header.begin + 1; at <= frame.footer.begin; ++at) {
    SCOPED_TRACE(at);
    Bytes junk = random_bytes(37, at);
    junk[0] = static_cast<uint8_t>(archive.coded[at] + 1);  // else the byte there may stay the same
    const Outcome outcome = recover(insert(archive.coded, at, junk));
    ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
    Loss loss{0, {0, 0}, {at, at}};
    if (at < frame.header.end) loss.coded = frame.header;
    for (const BlockSpan& block : frame.blocks) {
      if (at == block.coded.begin) loss.raw = {block.raw.begin, block.raw.begin};
      if (at > block.coded.begin && at < block.coded.end) {
        loss.raw = block.raw;
        loss.coded = block.coded;
      }
    }
    if (at == frame.footer.begin) loss.raw = {frame.raw_size, frame.raw_size};
    loss.coded.end += junk.size();
    ASSERT_EQ(outcome.losses, std::vector<Loss>{loss});
  }
}

TEST(Recover, ForeignBytesBetweenFramesMayHaveBeenAFrame) {
  const Archive archive = sample();
  const uint64_t at = archive.frames[1].footer.end;
  const Outcome outcome = recover(insert(archive.coded, at, random_bytes(50, 1)));
  expect_consistent(outcome, archive);
  EXPECT_EQ(outcome.losses, (std::vector<Loss>{{2, {0, kUnknown}, {at, at + 50}}}));
  EXPECT_EQ(outcome.frame(3), slice(archive, archive.frames[2], {0, archive.frames[2].raw_size}));
}

TEST(Recover, CopiesOfBlocksAreHandedOutOnce) {
  const Archive archive = sample();
  for (const FrameSpan& frame : archive.frames) {
    for (const BlockSpan& block : frame.blocks) {
      const Bytes copy(archive.coded.begin() + static_cast<ptrdiff_t>(block.coded.begin),
                       archive.coded.begin() + static_cast<ptrdiff_t>(block.coded.end));
      for (const BlockSpan& where : frame.blocks) {
        const Outcome outcome = recover(insert(archive.coded, where.coded.end, copy));
        ASSERT_EQ(outcome.status, PITH_OK);
        ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
        for (size_t f = 0; f < archive.frames.size(); ++f) {
          const FrameSpan& any = archive.frames[f];
          ASSERT_EQ(outcome.frame(f), slice(archive, any, {0, any.raw_size}));
        }
        // The bytes of the copy are reported as such: they cost no data.
        ASSERT_EQ(outcome.losses.size(), 1u);
        ASSERT_EQ(outcome.losses[0].coded.size(), copy.size());
      }
    }
  }
}

TEST(Recover, ABlockOverwrittenByACopyOfAnother) {
  Archive archive;
  archive.add_frame({random_bytes(500, 1), random_bytes(500, 2), random_bytes(500, 3)});
  const FrameSpan& frame = archive.frames[0];
  std::copy_n(archive.coded.begin() + static_cast<ptrdiff_t>(frame.blocks[1].coded.begin),
              frame.blocks[1].coded.size(),
              archive.coded.begin() + static_cast<ptrdiff_t>(frame.blocks[2].coded.begin));
  const Outcome outcome = recover(archive.coded);
  EXPECT_EQ(outcome.losses, (std::vector<Loss>{{0, frame.blocks[2].raw, frame.blocks[2].coded}}));
  EXPECT_EQ(outcome.frame(0), slice(archive, frame, {0, 1000}));
}

TEST(Recover, SwappedBlocksAreHandedOutInOrder) {
  for (const bool with_footer : {true, false}) {
    const Archive archive = sample();
    for (const size_t f : {0u, 2u}) {
      const FrameSpan& frame = archive.frames[f];
      for (size_t a = 0; a < frame.blocks.size(); ++a) {
        for (size_t b = a + 1; b < frame.blocks.size(); ++b) {
          const Range& x = frame.blocks[a].coded;
          const Range& y = frame.blocks[b].coded;
          const auto at = [&](uint64_t offset) {
            return archive.coded.begin() + static_cast<ptrdiff_t>(offset);
          };
          Bytes bytes(at(0), at(x.begin));
          bytes.insert(bytes.end(), at(y.begin), at(y.end));
          bytes.insert(bytes.end(), at(x.end), at(y.begin));
          bytes.insert(bytes.end(), at(x.begin), at(x.end));
          bytes.insert(bytes.end(), at(y.end), at(archive.coded.size()));
          if (!with_footer) bytes[frame.footer.begin + 4] ^= 1;
          const Outcome outcome = recover(bytes);
          ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
          ASSERT_EQ(outcome.status, with_footer ? PITH_OK : PITH_ERR_CORRUPT);
          for (size_t any = 0; any < archive.frames.size(); ++any) {
            const FrameSpan& span = archive.frames[any];
            ASSERT_EQ(outcome.frame(any), slice(archive, span, {0, span.raw_size}));
          }
        }
      }
    }
  }
}

// Everything at once: what is handed out is true, whatever was done.
TEST(Recover, RandomMutations) {
  const Archive archive = sample();
  std::mt19937_64 random(5);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    Bytes bytes = archive.coded;
    for (uint64_t n = 1 + random() % 4; n > 0 && bytes.size() > 1; --n) {
      const uint64_t at = random() % bytes.size();
      const uint64_t length = 1 + random() % std::min<uint64_t>(300, bytes.size() - at);
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<uint8_t>(random());
          break;
        case 1:
          bytes = cut(bytes, at, at + length);
          break;
        case 2:
          bytes = insert(bytes, at, random_bytes(length, random()));
          break;
        default:  // a copy of a piece, somewhere
          bytes = insert(bytes, random() % bytes.size(),
                         Bytes(bytes.begin() + static_cast<ptrdiff_t>(at),
                               bytes.begin() + static_cast<ptrdiff_t>(at + length)));
      }
    }
    const Outcome outcome = recover(bytes);
    ASSERT_NO_FATAL_FAILURE(expect_consistent(outcome, archive));
  }
}

// ---- Honesty, limits, failures
// ---------------------------------------------------------------------------

TEST(Recover, BlocksThatTogetherAreNotWhatWasCompressedAreReported) {
  // A block replaced by another of equal sizes and the same place: each is whole, the frame is not.
  Archive archive;
  archive.add_frame({random_bytes(500, 1), random_bytes(500, 2)});
  Archive other;
  other.add_frame({random_bytes(500, 1), random_bytes(500, 3)});
  const BlockSpan& block = archive.frames[0].blocks[1];
  std::copy_n(other.coded.begin() + static_cast<ptrdiff_t>(block.coded.begin), block.coded.size(),
              archive.coded.begin() + static_cast<ptrdiff_t>(block.coded.begin));
  const Outcome outcome = recover(archive.coded);
  EXPECT_EQ(outcome.status, PITH_ERR_CORRUPT);
  ASSERT_EQ(outcome.losses.size(), 1u);
  EXPECT_EQ(outcome.losses[0].raw, (Range{0, kUnknown}));
}

// A header that proves itself and its payload, and promises other raw bytes than those.
void forge_raw_hash(Archive* archive, const BlockSpan& block) {
  const auto coded =
      std::span<uint8_t>(archive->coded).subspan(block.coded.begin, block.coded.size());
  container::BlockHeader header;
  size_t size = 0;
  ASSERT_TRUE(container::parse_block_header(coded, &header, &size).ok());
  header.raw_hash ^= 1;
  const auto forged = container::serialise(header);
  std::copy(forged.span().begin(), forged.span().end(), coded.begin());
}

TEST(Recover, ABlockWhosePayloadIsRightButWhoseHashIsNotIsLost) {
  Archive archive;
  archive.add_frame({random_bytes(500, 1), words(500, 2), random_bytes(500, 3)});
  const BlockSpan& block = archive.frames[0].blocks[1];
  ASSERT_NO_FATAL_FAILURE(forge_raw_hash(&archive, block));
  const Outcome outcome = recover(archive.coded);
  EXPECT_EQ(outcome.losses, (std::vector<Loss>{{0, block.raw, block.coded}}));
  EXPECT_EQ(outcome.pieces.size(), 2u);
}

// However each was found: one block is not there, the next is there and does not decode.
TEST(Recover, LossesThatTouchAreReportedAsOne) {
  Archive archive;
  archive.add_frame(
      {random_bytes(500, 1), random_bytes(300, 2), words(500, 3), words(400, 4), words(700, 5)});
  const std::vector<BlockSpan>& blocks = archive.frames[0].blocks;
  archive.coded[blocks[1].coded.begin + 100] ^= 1;
  ASSERT_NO_FATAL_FAILURE(forge_raw_hash(&archive, blocks[2]));
  ASSERT_NO_FATAL_FAILURE(forge_raw_hash(&archive, blocks[3]));
  const Outcome outcome = recover(archive.coded);
  EXPECT_EQ(outcome.losses, (std::vector<Loss>{{0,
                                                {blocks[1].raw.begin, blocks[3].raw.end},
                                                {blocks[1].coded.begin, blocks[3].coded.end}}}));
  EXPECT_EQ(outcome.pieces.size(), 2u);

  // Without its footer nobody knows where the frame ended.
  archive.coded.resize(archive.frames[0].footer.begin);
  ASSERT_NO_FATAL_FAILURE(forge_raw_hash(&archive, blocks[4]));
  const Outcome open = recover(archive.coded);
  ASSERT_FALSE(open.losses.empty());
  EXPECT_EQ(open.losses[0].raw.begin, blocks[1].raw.begin);
  EXPECT_EQ(open.losses[0].coded, (Range{blocks[1].coded.begin, blocks[4].coded.end}));
  EXPECT_EQ(open.pieces.size(), 1u);
}

TEST(Recover, HeadersMadeToDeceiveDoNotTakeForEver) {
  // 60,000 headers that each claim the next 300,000 bytes: 18 GB to hash for who believes them all.
  Bytes bytes;
  for (int i = 0; i < 60000; ++i) {
    container::BlockHeader header;
    header.method = container::Method::kStored;
    header.level = 1;
    header.raw_size = header.coded_size = 300000;
    header.payload_check = static_cast<uint32_t>(i);
    const auto forged = container::serialise(header);
    bytes.insert(bytes.end(), forged.span().begin(), forged.span().end());
  }
  Archive archive;
  archive.add_frame({random_bytes(500, 1)});
  bytes.insert(bytes.begin(), archive.coded.begin(), archive.coded.end());
  const Outcome outcome = recover(bytes);
  EXPECT_EQ(outcome.status, PITH_ERR_CORRUPT);
  EXPECT_EQ(outcome.frame(0), archive.raw);
}

// Each footer says that its frame begins at the start of the data, where there is a header, and all
// blocks and footers before it lie inside. Looked through for each footer, they took minutes.
TEST(Recover, FootersThatClaimTheSameBytesDoNotTakeForEver) {
  using namespace container;
  constexpr size_t kCount = 200'000;
  const auto header = serialise(FrameHeader{1, 1000, 1000, 0, 0});
  Bytes coded(header.span().begin(), header.span().end());
  const auto append = [&coded](std::span<const uint8_t> bytes) {
    coded.insert(coded.end(), bytes.begin(), bytes.end());
  };
  for (size_t i = 0; i < kCount; ++i) {
    const Bytes raw = {static_cast<uint8_t>(i)};
    BlockHeader block;
    block.level = 1;
    block.raw_offset = 5;
    block.raw_size = block.coded_size = 1;
    block.raw_hash = hash64(raw);
    append(serialise(block).span());
    append(raw);
  }
  for (size_t i = 0; i < kCount; ++i) {
    IndexWriter index(std::pmr::get_default_resource());
    ASSERT_TRUE(index.add({coded.size() - header.size, 900}).ok());
    append(index.footer(header.size, Hash128{}));
  }
  const Outcome outcome = recover(coded);
  EXPECT_EQ(outcome.status, PITH_ERR_CORRUPT);
  EXPECT_TRUE(outcome.pieces.empty());
}

TEST(Recover, MemoryLimitIsKeptAndCanBeRaised) {
  Archive archive;
  archive.add_frame({words(100000, 1), random_bytes(200000, 2)});
  MemorySource source(archive.coded);
  uint64_t limit = 1000;
  for (int round = 0; round < 30; ++round) {
    CountedMemory memory;
    const pith_allocator hooks = memory.hooks();
    Outcome outcome;
    recover_into(&outcome, &source, &hooks, limit);
    ASSERT_LE(memory.largest, limit + limit / 20);
    if (outcome.status == PITH_OK) {
      ASSERT_EQ(outcome.frame(0), archive.raw);
      ASSERT_GE(round, 2);
      return;
    }
    ASSERT_EQ(outcome.status, PITH_ERR_MEMLIMIT);
    ASSERT_GT(outcome.error.needed, limit);
    limit = outcome.error.needed;
  }
  FAIL() << "what it said it needed did not suffice";
}

TEST(Recover, EveryAllocationMayFail) {
  const Archive archive = sample();
  for (size_t k = 0;; ++k) {
    ASSERT_LT(k, 1000u);
    MemorySource source(archive.coded);
    CountedMemory memory;
    memory.fail_at = k;
    const pith_allocator hooks = memory.hooks();
    Outcome outcome;
    recover_into(&outcome, &source, &hooks);
    ASSERT_EQ(memory.in_use, 0u);
    if (memory.allocations <= k) {
      ASSERT_EQ(outcome.status, PITH_OK);
      return;
    }
    ASSERT_EQ(outcome.status, PITH_ERR_MEMORY) << k;
  }
}

TEST(Recover, EveryReadOfTheSourceMayFail) {
  const Archive archive = sample();
  for (int64_t k = 0;; ++k) {
    ASSERT_LT(k, 1000);
    MemorySource source(archive.coded);
    source.max_read = 1000;
    source.fail_call = k;
    Outcome outcome;
    recover_into(&outcome, &source);
    if (source.calls <= k) {
      ASSERT_EQ(outcome.status, PITH_OK);
      return;
    }
    ASSERT_EQ(outcome.status, PITH_ERR_IO) << k;
    ASSERT_EQ(outcome.error.sys_errno, source.error);
  }
}

TEST(Recover, EveryCallbackMayStopIt) {
  Archive archive = sample();
  archive.coded[archive.frames[0].blocks[1].coded.begin] ^= 1;
  const Outcome whole = recover(archive.coded);
  const int calls = static_cast<int>(whole.pieces.size() + whole.losses.size());
  for (int k = 0; k < calls; ++k) {
    MemorySource source(archive.coded);
    Outcome outcome;
    outcome.calls_left = k;
    recover_into(&outcome, &source);
    ASSERT_EQ(outcome.status, PITH_ERR_CANCELLED);
    ASSERT_EQ(outcome.pieces.size() + outcome.losses.size(), static_cast<size_t>(k) + 1);
  }
}

TEST(Recover, ArgumentsOutOfRange) {
  MemorySource source(sample().coded);
  const pith_source raw = source.source();
  const pith_recover_sink no_sink{};
  EXPECT_EQ(pith_recover(&raw, &no_sink, nullptr, nullptr, nullptr, 0, nullptr), PITH_ERR_PARAM);
  EXPECT_EQ(pith_recover(&raw, nullptr, nullptr, nullptr, nullptr, 0, nullptr), PITH_ERR_PARAM);
  EXPECT_EQ(pith_recover(nullptr, &no_sink, nullptr, nullptr, nullptr, 0, nullptr), PITH_ERR_PARAM);
}

}  // namespace
}  // namespace pith::test
