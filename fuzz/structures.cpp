// Parsers of headers, footers and indexes on any bytes: what they accept is exactly what the
// serialisers write, and what they want more of they want with every byte that is missing.
#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <span>

#include "container/format/footer_verifier.h"
#include "container/format/format.h"
#include "fuzz/coder.h"

using namespace pith::container;
using pith::fuzz::require;
using View = std::span<const uint8_t>;

namespace {

bool starts_with(View bytes, View what) {
  return bytes.size() >= what.size() && std::equal(what.begin(), what.end(), bytes.begin());
}

void require_more(const Status& status, View bytes) {
  require(!status.wants_more() || status.needed > bytes.size(), "more than there is is wanted");
}

void frame_header(View bytes) {
  FrameHeader header;
  size_t size = 0;
  const Status status = parse_frame_header(bytes, &header, &size);
  require_more(status, bytes);
  if (!status.ok()) return;
  require(size <= kFrameHeaderMax, "a frame header is no longer than the longest");
  const auto again = serialise(header);
  // Flags that may be ignored are not kept.
  if ((bytes[kMagic.size() + 1] & 0xF0) == 0) {
    require(again.size == size && starts_with(bytes, again.span()), "a frame header has one form");
  }
}

void block_header(View bytes) {
  BlockHeader header;
  size_t size = 0;
  const Status status = parse_block_header(bytes, &header, &size);
  require_more(status, bytes);
  if (!status.ok()) return;
  require(size >= kBlockHeaderMin && size <= kBlockHeaderMax, "a block header has a usual size");
  const auto again = serialise(header);
  require(again.size == size && starts_with(bytes, again.span()), "a block header has one form");
}

void footer(View bytes) {
  Footer parsed(std::pmr::get_default_resource());
  const Status status = parse_footer(bytes, &parsed);
  require_more(status, bytes);
  if (!status.ok()) return;
  IndexWriter writer(std::pmr::get_default_resource());
  FooterVerifier verifier;
  verifier.begin(parsed.header_size);
  for (const IndexEntry& entry : parsed.blocks) {
    require(writer.add(entry).ok(), "an index that was read can be written");
    verifier.add_block(entry);
  }
  const auto again = writer.footer(parsed.header_size, parsed.content_hash);
  require(again.size() == parsed.footer_size && starts_with(bytes, again), "a footer has one form");

  // The decoder's own reader of footers agrees, whatever pieces it gets them in.
  size_t at = 0;
  bool complete = false;
  for (size_t piece = 1; !complete && at < again.size(); piece = piece % 7 + 1) {
    size_t used = 0;
    const View part = View(again).subspan(at, std::min(piece, again.size() - at));
    require(verifier.consume(part, &used, &complete).ok(), "a right footer is verified");
    at += used;
  }
  require(complete && at == again.size(), "a footer is verified to its end");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const View bytes(data, size);
  frame_header(bytes);
  block_header(bytes);
  footer(bytes);
  uint64_t footer_size = 0;
  if (size >= kFooterTailSize) {
    (void)parse_footer_tail(bytes.last<kFooterTailSize>(), &footer_size);
  }
  return 0;
}
