#include "fuzz/rebuild.h"

#include <algorithm>
#include <cstddef>
#include <memory_resource>

#include "container/base/checksum.h"
#include "container/format/format.h"

namespace pith::fuzz {
namespace {

using namespace container;
using View = std::span<const uint8_t>;

struct Block {
  BlockHeader header;
  View payload;
};

struct Frame {
  FrameHeader header;
  std::vector<Block> blocks;
  Hash128 content_hash{};
};

// Reads a frame from the front, as far as there is one; the bytes it takes, 0: there is none.
size_t read_frame(View bytes, Frame* frame) {
  size_t at = 0;
  if (!parse_frame_header(bytes, &frame->header, &at).ok()) return 0;
  for (;;) {
    Block block;
    size_t size = 0;
    if (!parse_block_header(bytes.subspan(at), &block.header, &size).ok()) break;
    if (bytes.size() - at - size < block.header.coded_size) break;
    block.payload = bytes.subspan(at + size, block.header.coded_size);
    frame->blocks.push_back(block);
    at += size + block.header.coded_size;
  }
  Footer footer(std::pmr::get_default_resource());
  if (parse_footer(bytes.subspan(at), &footer).ok()) {
    frame->content_hash = footer.content_hash;
    at += footer.footer_size;
  }
  return at;
}

void write_frame(Frame frame, std::vector<uint8_t>* out) {
  const auto append = [out](View bytes) { out->insert(out->end(), bytes.begin(), bytes.end()); };
  frame.header.block_size = 0;
  for (const Block& block : frame.blocks) {
    frame.header.block_size = std::max(frame.header.block_size, block.header.raw_size);
  }
  const auto header = serialise(frame.header);
  append(header.span());
  IndexWriter index(std::pmr::get_default_resource());
  Hasher128 content;
  bool all_stored = true;
  uint64_t raw_offset = 0;
  for (Block& block : frame.blocks) {
    block.header.raw_offset = raw_offset;
    raw_offset += block.header.raw_size;
    const auto written = serialise(block.header);
    append(written.span());
    append(block.payload);
    (void)index.add({written.size + block.payload.size(), block.header.raw_size});
    content.update(block.payload);
    all_stored = all_stored && block.header.method == Method::kStored;
  }
  const auto footer = index.footer(header.size, all_stored ? content.digest() : frame.content_hash);
  append(View(footer));
}

}  // namespace

std::vector<uint8_t> rebuilt_archive(View file) {
  std::vector<uint8_t> out;
  while (!file.empty()) {
    Frame frame;
    size_t taken = read_frame(file, &frame);
    if (taken != 0) {
      write_frame(std::move(frame), &out);
    } else {
      out.push_back(file[taken++]);
    }
    file = file.subspan(taken);
  }
  return out;
}

}  // namespace pith::fuzz
