// Fetches one block from a source and decodes it: the step that random access and recovery share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>

#include "container/base/allocator.h"
#include "container/base/status.h"
#include "container/coding/block_codec.h"
#include "container/format/format.h"
#include "container/reader/reader_source.h"

namespace pith::container {

// Reads and proves the header of the block at offset (one read). *size: its bytes.
Status read_block_header(const SourceReader& source, uint64_t offset, BlockHeader* header,
                         size_t* size);

// The coded and, after decode(), the raw bytes of a block. Reused from block to block.
class LoadedBlock {
 public:
  explicit LoadedBlock(std::pmr::memory_resource* resource) : coded_(resource), raw_(resource) {}

  // Reads the payload of a block whose header was proved; what was decoded before is gone. Throws
  // std::bad_alloc.
  Status fetch(const SourceReader& source, const BlockHeader& header, uint64_t payload_offset);
  // Decodes and proves the block fetched. models: as for decode_block(). May run on another thread
  // than fetch(). Throws std::bad_alloc.
  Status decode(const FrameModels& models, BlockWorkspace* workspace, BlockControl* control);
  // Its raw bytes; empty unless decode() succeeded.
  [[nodiscard]] std::span<const uint8_t> raw() const {
    return {raw_.data(), decoded_ ? header_.raw_size : 0};
  }
  void release();

 private:
  Buffer coded_;
  Buffer raw_;
  BlockHeader header_;
  bool decoded_ = false;
};

}  // namespace pith::container
