// A good archive with the damage that the input describes: what recovery hands out was in it, at
// that place, and every block that is untouched comes back.
//
// The input is a list of edits of six bytes: what (overwrite, cut out, double), where, how much,
// and a byte.
#include <algorithm>
#include <cstdint>

#include "fuzz/coder.h"
#include "fuzz/recovery.h"
#include "tests/reader/archive.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;
using pith::test::Archive;
using pith::test::BlockSpan;
using pith::test::FrameSpan;

namespace {

const Archive& good() {
  static const Archive archive = [] {
    Archive made;
    using namespace pith::test;
    made.add_frame({random_bytes(90, 1), words(400, 2), random_bytes(70, 3), words(300, 4)});
    made.add_frame({});
    made.add_frame({repeated_text(3000, 5), random_bytes(150, 6)});
    made.add_frame({random_bytes(200, 8)});
    return made;
  }();
  return archive;
}

void edit(const uint8_t* with, Bytes* bytes, bool* overwritten_only) {
  if (bytes->empty()) return;
  const size_t at = (with[1] | size_t{with[2]} << 8) % bytes->size();
  const size_t size = std::min<size_t>((with[3] | size_t{with[4]} << 8) % 700, bytes->size() - at);
  const auto begin = bytes->begin() + static_cast<ptrdiff_t>(at);
  const auto end = begin + static_cast<ptrdiff_t>(size);
  switch (with[0] % 4) {
    case 0:
    case 1:
      for (auto byte = begin; byte != end; ++byte) *byte ^= with[5];
      break;
    case 2:
      bytes->erase(begin, end);
      *overwritten_only = false;
      break;
    case 3: {
      const Bytes copy(begin, end);
      bytes->insert(begin, copy.begin(), copy.end());
      *overwritten_only = false;
      break;
    }
  }
}

// Whether the piece is what some frame has there.
bool is_true(const pith::fuzz::Recovered::Piece& piece) {
  const Archive& archive = good();
  return std::any_of(archive.frames.begin(), archive.frames.end(), [&](const FrameSpan& frame) {
    return piece.raw_offset + piece.bytes.size() <= frame.raw_size &&
           std::equal(
               piece.bytes.begin(), piece.bytes.end(),
               archive.raw.begin() + static_cast<ptrdiff_t>(frame.raw_offset + piece.raw_offset));
  });
}

bool came_back(const pith::fuzz::Recovered& recovered, const FrameSpan& frame,
               const BlockSpan& block) {
  const auto raw = good().raw.begin() + static_cast<ptrdiff_t>(frame.raw_offset + block.raw.begin);
  return std::any_of(recovered.pieces.begin(), recovered.pieces.end(), [&](const auto& piece) {
    return piece.raw_offset == block.raw.begin && piece.bytes.size() == block.raw.size() &&
           std::equal(piece.bytes.begin(), piece.bytes.end(), raw);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kEdit = 6;
  const Archive& archive = good();
  Bytes bytes = archive.coded;
  bool overwritten_only = true;
  for (size_t at = 0; at + kEdit <= size; at += kEdit) {
    edit(data + at, &bytes, &overwritten_only);
    if (bytes.size() > 4 * archive.coded.size()) break;
  }
  const pith::fuzz::Recovered recovered = pith::fuzz::recover(bytes);
  for (const auto& piece : recovered.pieces) require(is_true(piece), "what is recovered is true");
  if (!overwritten_only) return 0;
  for (const FrameSpan& frame : archive.frames) {
    for (const BlockSpan& block : frame.blocks) {
      const auto from = static_cast<ptrdiff_t>(block.coded.begin);
      const auto to = static_cast<ptrdiff_t>(block.coded.end);
      const bool untouched =
          std::equal(bytes.begin() + from, bytes.begin() + to, archive.coded.begin() + from);
      require(!untouched || came_back(recovered, frame, block), "an untouched block comes back");
    }
  }
  return 0;
}
