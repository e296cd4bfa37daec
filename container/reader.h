// Random access to the raw data of a seekable file: what stands behind pith_reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "container/allocator.h"
#include "container/reader_block.h"
#include "container/reader_frames.h"
#include "container/reader_source.h"
#include "container/status.h"

namespace pith::container {

// A read decodes the blocks it touches in batches of one block per thread. Sources are read by the
// calling thread alone. The blocks of the last batch are kept, so that reading on or nearby decodes
// nothing twice.
class Reader {
 public:
  // resource must outlive the reader.
  Reader(const pith_source& source, HookResource* resource);

  // Before anything else. Throws std::bad_alloc, as does read().
  Status open();

  void set_memlimit(uint64_t bytes) { memlimit_ = bytes; }  // 0: none
  // 0: one per processor. Drops the blocks that were kept.
  void set_threads(unsigned threads);

  [[nodiscard]] const FrameTable& table() const { return table_; }
  // index < table().blocks().
  Status block_info(uint64_t index, pith_block_info* info);
  // Reads raw bytes from offset on; *done = how many, fewer than all only at the end of the data or
  // on error. After an error other ranges can still be read.
  Status read(std::span<uint8_t> dst, uint64_t offset, size_t* done);

 private:
  static constexpr uint64_t kNoBlock = UINT64_MAX;

  // A block in work or kept. number is over all frames.
  struct Slot {
    explicit Slot(std::pmr::memory_resource* resource) : loader(resource) {}
    BlockLoader loader;
    uint64_t number = kNoBlock;
    Status status;  // of decoding it
  };

  Status prove_header(const BlockRef& ref, BlockHeader* header, size_t* size) const;
  Status fetch(const BlockRef& ref, uint64_t budget, Slot* slot);
  Status load(uint64_t first, uint64_t last);
  void decode(size_t slots);
  Status copy(uint64_t number, std::span<uint8_t> dst, uint64_t offset, size_t* copied);
  [[nodiscard]] Slot* find(uint64_t number);

  SourceReader source_;
  HookResource* resource_;
  FrameTable table_;
  std::pmr::vector<Slot> slots_;  // at most threads_
  uint64_t index_bytes_ = 0;      // allocated by open()
  uint64_t memlimit_ = 0;
  unsigned threads_ = 1;
};

}  // namespace pith::container
