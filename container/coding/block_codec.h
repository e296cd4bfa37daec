// One block: raw bytes to header and payload, and back.
//
// Knows nothing of frames, threads or files. The reader, the recovery scan and the streaming
// decoder all decode through decode_block(), so there is one place where a block is proved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>

#include "container/base/allocator.h"
#include "container/base/status.h"
#include "container/format/format.h"
#include "container/methods/neural_method.h"
#include "container/methods/ngram_method.h"
#include "container/priors/prior.h"

namespace pith::container {

// What a worker reuses from block to block: the memory of the models. Grown on demand, never shrunk
// by itself. One worker at a time.
class BlockWorkspace {
 public:
  explicit BlockWorkspace(std::pmr::memory_resource* resource)
      : memory_(resource), check_(resource) {}

  // At least `size` bytes, aligned to 64, undefined content. Throws std::bad_alloc.
  std::span<uint8_t> memory(size_t size) { return memory_.discard_and_resize(size); }
  // A second raw block, for verification.
  Buffer& check_buffer() { return check_; }
  void release() {
    memory_.release();
    check_.release();
  }

 private:
  Buffer memory_;
  Buffer check_;
};

struct EncodeOptions {
  int level = PITH_LEVEL_DEFAULT;  // 1..9
  bool verify = false;             // decode what was coded and compare: PITH_ERR_VERIFY
  const Prior* prior = nullptr;    // the frame's own, for the kinds it serves; null: none
  bool built_in_priors = true;     // where there is no other
  const model::LanguageModel* network = nullptr;  // null: none
};

// What a frame names that its blocks may need; null where it names none.
struct FrameModels {
  const Prior* prior = nullptr;
  const model::LanguageModel* network = nullptr;
};

struct EncodedBlock {
  BlockHeader header;  // complete but for raw_offset, which stays what the caller makes it
  std::span<const uint8_t> payload;  // within `raw` (stored) or `coded`
};

// Codes a block. raw: 1..PITH_BLOCK_SIZE_MAX bytes. coded: grown to raw.size() if it is needed.
// control may be null; a set control->cancel gives PITH_ERR_CANCELLED. Throws std::bad_alloc. The
// result depends on raw and the options alone.
Status encode_block(std::span<const uint8_t> raw, const EncodeOptions& options, Buffer* coded,
                    BlockWorkspace* workspace, BlockControl* control, EncodedBlock* block);

// Decodes a block into the first header.raw_size bytes of raw, which is grown to that. A block that
// asks for what the frame does not name is PITH_ERR_PRIOR or PITH_ERR_MODEL. The
// payload check is verified before anything is allocated, the raw hash before PITH_OK. Both:
// PITH_ERR_CHECKSUM. A payload that its method cannot decode is PITH_ERR_CORRUPT. control may be
// null. Throws std::bad_alloc.
Status decode_block(const BlockHeader& header, std::span<const uint8_t> payload,
                    const FrameModels& models, Buffer* raw, BlockWorkspace* workspace,
                    BlockControl* control);

}  // namespace pith::container
