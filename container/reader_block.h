// Fetches one block from a source and decodes it: the step that random access and recovery share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>

#include "container/allocator.h"
#include "container/block_codec.h"
#include "container/format.h"
#include "container/reader_source.h"
#include "container/status.h"

namespace pith::container {

// Reads and proves the header of the block at offset (one read). *size: its bytes.
Status read_block_header(const SourceReader& source, uint64_t offset, BlockHeader* header,
                         size_t* size);

// The buffers of a block and, after decode(), its raw bytes. Reused from block to block; one thread
// at a time.
class BlockLoader {
 public:
  explicit BlockLoader(std::pmr::memory_resource* resource)
      : coded_(resource), raw_(resource), workspace_(resource) {}

  // Reads the payload of a block whose header was proved; what was decoded before is gone. budget:
  // bytes this loader may have allocated at once; PITH_ERR_MEMLIMIT (needed: how many it takes) if
  // the block cannot be decoded within. Throws std::bad_alloc.
  Status fetch(const SourceReader& source, const BlockHeader& header, uint64_t payload_offset,
               uint64_t budget);
  // Decodes and proves the block fetched. May run on another thread than fetch(). Does not throw.
  Status decode() noexcept;
  // Its raw bytes; empty unless decode() succeeded.
  [[nodiscard]] std::span<const uint8_t> raw() const {
    return {raw_.data(), decoded_ ? header_.raw_size : 0};
  }

  // Bytes allocated once the block fetched is decoded, at most.
  [[nodiscard]] uint64_t reserved() const { return reserved_; }
  void release();

 private:
  // reserved() if this block were fetched now.
  [[nodiscard]] uint64_t reserve_for(const BlockHeader& header, uint64_t needed) const;

  Buffer coded_;
  Buffer raw_;
  BlockWorkspace workspace_;
  BlockHeader header_;
  uint64_t reserved_ = 0;
  bool decoded_ = false;
};

}  // namespace pith::container
