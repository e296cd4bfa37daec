// Tells truncation, foreign bytes and damage apart for FrameTable::open (docs/format.md section 5).
#include <algorithm>
#include <array>

#include "container/format/footer_verifier.h"
#include "container/reader/reader_frames.h"

namespace pith::container {
namespace {

// Walks one frame after another; position_ is where the next structure must begin.
class ForwardWalk {
 public:
  explicit ForwardWalk(const SourceReader& source) : source_(source) {}

  Status run() {
    while (position_ < source_.size()) PITH_TRY(frame());
    return {};
  }

 private:
  Status frame() {
    FrameHeader header;
    size_t header_size = 0;
    std::array<uint8_t, kFrameHeaderMax> bytes;
    std::span<const uint8_t> got;
    PITH_TRY(source_.read_some(bytes, position_, &got));
    if (Status status = parse_frame_header(got, &header, &header_size); !status.ok()) {
      if (status.code == PITH_ERR_FORMAT && position_ != 0) {
        status = Status::error(PITH_ERR_TRAILING, "foreign bytes follow a complete frame");
      }
      return here(status);
    }
    position_ += header_size;

    FooterVerifier verifier;
    uint64_t raw_offset = 0;
    for (block_ = 0;; ++block_) {
      std::array<uint8_t, kMarkerSize> marker;
      PITH_TRY(source_.read_some(marker, position_, &got));
      // A marker that the end of the data cuts short counts as a footer's: either way more is
      // missing.
      if (std::equal(got.begin(), got.end(), kFooterMarker.begin())) break;
      PITH_TRY(block(header, &verifier, &raw_offset));
    }
    block_ = PITH_UNKNOWN_POSITION;
    verifier.begin(header_size);
    return footer(&verifier);
  }

  Status block(const FrameHeader& frame, FooterVerifier* verifier, uint64_t* raw_offset) {
    std::array<uint8_t, kBlockHeaderMax> bytes;
    std::span<const uint8_t> got;
    PITH_TRY(source_.read_some(bytes, position_, &got));
    BlockHeader header;
    size_t size = 0;
    if (Status status = parse_block_header(got, &header, &size); !status.ok()) return here(status);
    if (header.raw_offset != *raw_offset || header.raw_size > frame.block_size) {
      return here(Status::error(PITH_ERR_CORRUPT, "a block does not fit into its frame"));
    }
    const uint64_t total = size + header.coded_size;
    if (total > source_.size() - position_) {
      return here(Status::error(PITH_ERR_TRUNCATED, "the data ends inside a block"));
    }
    verifier->add_block({total, header.raw_size});
    position_ += total;
    *raw_offset += header.raw_size;
    return {};
  }

  Status footer(FooterVerifier* verifier) {
    std::array<uint8_t, 4096> bytes;
    for (bool complete = false; !complete;) {
      std::span<const uint8_t> got;
      PITH_TRY(source_.read_some(bytes, position_, &got));
      if (got.empty())
        return here(Status::error(PITH_ERR_TRUNCATED, "the data ends inside a frame"));
      size_t used = 0;
      if (Status status = verifier->consume(got, &used, &complete); !status.ok()) {
        return here(status);
      }
      position_ += used;
    }
    return {};
  }

  [[nodiscard]] Status here(const Status& status) const { return status.at(block_, position_); }

  const SourceReader& source_;
  uint64_t position_ = 0;
  uint64_t block_ = PITH_UNKNOWN_POSITION;
};

}  // namespace

Status diagnose_forwards(const SourceReader& source) { return ForwardWalk(source).run(); }

}  // namespace pith::container
