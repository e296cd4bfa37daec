// Random access to the raw data of a seekable file: what stands behind pith_reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory_resource>
#include <span>

#include "container/base/allocator.h"
#include "container/base/status.h"
#include "container/coding/worker_pool.h"
#include "container/reader/reader_block.h"
#include "container/reader/reader_frames.h"
#include "container/reader/reader_source.h"

namespace pith::container {

// A read decodes the blocks it touches in batches of one block per thread. The source is read by
// the calling thread alone. The blocks of the last batch are kept, so that reading on or nearby
// decodes nothing twice.
class Reader {
 public:
  // resource must outlive the reader.
  explicit Reader(HookResource* resource);

  // Before anything else. Throws std::bad_alloc, as does read().
  Status open(const pith_source& source);

  // PITH_PARAM_MEMLIMIT, PITH_PARAM_THREADS; at any time.
  Status set(pith_param param, uint64_t value);
  // prior: for frames that name it; null for none; must outlive its use. At any time.
  void set_prior(const Prior* prior) { prior_ = prior; }
  // network: likewise, beside the built-in one.
  void set_network(const model::LanguageModel* network) { own_network_ = network; }

  [[nodiscard]] const FrameTable& table() const { return table_; }
  // index < table().blocks().
  Status block_info(uint64_t index, pith_block_info* info) const;
  // Reads raw bytes from offset on; *done = how many, fewer than all only at the end of the data or
  // on error. After an error other ranges can still be read.
  Status read(std::span<uint8_t> dst, uint64_t offset, size_t* done);

 private:
  static constexpr uint64_t kNoBlock = UINT64_MAX;

  // A block in work or kept.
  class Slot final : public BlockTask {
   public:
    explicit Slot(std::pmr::memory_resource* resource) : block(resource) {}

    LoadedBlock block;
    FrameModels models;
    uint64_t number = kNoBlock;  // over all frames

   private:
    Status run(BlockWorkspace* workspace) override {
      return block.decode(models, workspace, &control);
    }
  };

  Status prove_header(const BlockRef& ref, BlockHeader* header, size_t* size) const;
  Status fetch(const BlockRef& ref, uint64_t* budget, Slot* slot) const;
  Status load(uint64_t first, uint64_t last);
  void decode(size_t count);
  Status copy(const Slot& slot, std::span<uint8_t> dst, uint64_t offset, size_t* copied) const;
  [[nodiscard]] Slot* find(uint64_t number);

  SourceReader source_;
  HookResource* resource_;
  FrameTable table_;
  std::pmr::list<Slot> slots_;  // at most threads_
  WorkerPool pool_;             // after slots_: no worker outlives what it works on
  uint64_t index_bytes_ = 0;    // allocated by open()
  const Prior* prior_ = nullptr;
  const model::LanguageModel* own_network_ = nullptr;
  uint64_t memlimit_ = 0;
  unsigned threads_ = 1;
};

}  // namespace pith::container
