#include "crafted_frame.h"

#include <algorithm>

#include "container/base/allocator.h"
#include "container/base/checksum.h"
#include "container/coding/block_memory.h"

namespace pith::test {

using namespace container;

Bytes CraftedFrame::raw() const {
  Bytes all;
  for (const Bytes& block : blocks) all.insert(all.end(), block.begin(), block.end());
  return all;
}

Bytes CraftedFrame::bytes() const {
  Bytes out;
  const auto append = [&out](View piece) { out.insert(out.end(), piece.begin(), piece.end()); };

  FrameHeader header;
  header.level = 1;
  for (const Bytes& block : blocks) {
    header.block_size = std::max(header.block_size, static_cast<uint32_t>(block.size()));
  }
  header.memory_kib =
      blocks.empty() ? 0 : (frame_decode_memory(1, header.block_size) + 1023) / 1024;
  change_header(&header);
  const SerialisedFrameHeader header_bytes = serialise(header);
  append(header_bytes.span());

  HookResource resource(nullptr);
  IndexWriter index(&resource);
  uint64_t raw_offset = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const View raw_block(blocks[i]);
    BlockHeader block;
    block.level = 1;
    block.raw_offset = raw_offset;
    block.raw_size = block.coded_size = static_cast<uint32_t>(raw_block.size());
    block.raw_hash = hash64(raw_block);
    block.payload_check = check32(raw_block);
    change_block(i, &block);
    const SerialisedBlockHeader block_bytes = serialise(block);
    append(block_bytes.span());
    append(raw_block);
    IndexEntry entry = {block_bytes.size + raw_block.size(), raw_block.size()};
    change_entry(i, &entry);
    (void)index.add(entry);
    raw_offset += raw_block.size();
  }
  Hasher128 hasher;
  hasher.update(raw());
  Hash128 content_hash = hasher.digest();
  size_t header_size = header_bytes.size;
  change_footer(&header_size, &content_hash);
  append(index.footer(header_size, content_hash));
  return out;
}

Bytes with_byte(Bytes frame, size_t at, uint8_t value, size_t begin, size_t check_end) {
  frame[at] = value;
  const uint32_t check = check32(View(frame).subspan(begin, check_end - 4 - begin));
  for (unsigned i = 0; i < 4; ++i)
    frame[check_end - 4 + i] = static_cast<uint8_t>(check >> (8 * i));
  return frame;
}

}  // namespace pith::test
