#include "container/reader_block.h"

#include <algorithm>
#include <array>
#include <new>

namespace pith::container {

Status read_block_header(const SourceReader& source, uint64_t offset, BlockHeader* header,
                         size_t* size) {
  std::array<uint8_t, kBlockHeaderMax> bytes;
  std::span<const uint8_t> got;
  PITH_TRY(source.read_some(bytes, offset, &got));
  return parse_block_header(got, header, size);
}

Status BlockLoader::fetch(const SourceReader& source, const BlockHeader& header,
                          uint64_t payload_offset, uint64_t budget) {
  decoded_ = false;
  const uint64_t needed = block_decode_memory(header);
  if (needed > budget) {
    Status status = Status::error(PITH_ERR_MEMLIMIT, "a block needs more memory than the limit");
    status.needed = needed;
    return status;
  }
  // Buffers that were grown for different blocks may exceed the budget together.
  if (reserve_for(header, needed) > budget) release();
  reserved_ = reserve_for(header, needed);
  header_ = header;
  return source.read(coded_.discard_and_resize(header.coded_size), payload_offset);
}

Status BlockLoader::decode() noexcept {
  try {
    const Status status =
        decode_block(header_, {coded_.data(), header_.coded_size}, &raw_, &workspace_, nullptr);
    decoded_ = status.ok();
    return status;
  } catch (const std::bad_alloc&) {
    return Status::error(PITH_ERR_MEMORY, "no memory to decode a block");
  }
}

void BlockLoader::release() {
  decoded_ = false;
  coded_.release();
  raw_.release();
  workspace_.release();
}

uint64_t BlockLoader::reserve_for(const BlockHeader& header, uint64_t needed) const {
  const uint64_t working = needed - header.raw_size - header.coded_size;
  return std::max<uint64_t>(coded_.capacity(), header.coded_size) +
         std::max<uint64_t>(raw_.capacity(), header.raw_size) +
         std::max<uint64_t>(workspace_.bytes(), working);
}

}  // namespace pith::container
