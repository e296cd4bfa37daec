// Raw bytes in, frame out, in calls of any size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "container/base/checksum.h"
#include "container/base/status.h"
#include "container/coding/block_pipeline.h"
#include "container/coding/parameters.h"
#include "container/format/format.h"

namespace pith::container {

// A block being encoded.
class EncodeTask final : public BlockTask {
 public:
  explicit EncodeTask(HookResource* resource) : raw(resource), coded_(resource) {}

  Buffer raw;
  size_t raw_size = 0;  // bytes of raw in use
  EncodeOptions options;
  bool only_block = false;  // the frame ends with this block, its first
  EncodedBlock block;       // the result; its payload is in one of the buffers

 private:
  Status run(BlockWorkspace* workspace) override {
    return encode_block({raw.data(), raw_size}, options, &coded_, workspace, &control, &block);
  }

  Buffer coded_;
};

// One frame after another, reset() between them. Throws std::bad_alloc; then, as after an error
// other than PITH_ERR_STATE, only reset() makes sense. The caller (the C API) sees to that and to
// PITH_ERR_NO_PROGRESS.
class Encoder {
 public:
  explicit Encoder(HookResource* resource);

  Status set(pith_param param, uint64_t value);
  // prior: null for none; must outlive its use. Status as of set().
  Status set_prior(const Prior* prior);
  // network: for the levels that have one, null for the built-in one; must outlive its use. Status
  // as of set().
  Status set_network(const model::LanguageModel* network);
  void set_progress(pith_progress_fn fn, void* opaque) { pipeline_.progress().set(fn, opaque); }
  // See pith_encoder_run. *ended: the frame is complete and handed out.
  Status run(pith_out* out, pith_in* in, pith_op op, bool* ended);
  void reset();
  [[nodiscard]] const EncoderParameters& parameters() const { return parameters_; }

 private:
  Status start();
  void take_input(pith_in* in, pith_op op);
  void seal(bool last);
  Status collect();
  Status finish_frame();
  void write_frame_header(const BlockHeader& first, bool only_block);
  bool hand_out(pith_out* out);

  EncoderParameters parameters_;
  const Prior* prior_ = nullptr;
  const model::LanguageModel* own_network_ = nullptr;  // that was given
  const model::LanguageModel* network_ = nullptr;      // of the frame in work
  BlockPipeline<EncodeTask> pipeline_;

  // The frame so far.
  bool started_ = false;
  bool input_ended_ = false;     // FINISH, and all input taken
  bool frame_complete_ = false;  // the footer is among the pieces to hand out
  size_t filled_ = 0;            // bytes in the current task
  uint64_t blocks_sealed_ = 0;
  uint64_t raw_offset_ = 0;   // of the next block to collect
  uint64_t coded_bytes_ = 0;  // handed out
  size_t frame_header_size_ = 0;
  Hasher128 content_hash_;
  IndexWriter index_;

  // What is being handed out: headers, then the payload of the front task (or the footer).
  std::array<uint8_t, kFrameHeaderMax + kBlockHeaderMax> headers_{};
  size_t headers_size_ = 0;
  std::pmr::vector<uint8_t> footer_;
  std::array<std::span<const uint8_t>, 2> pieces_{};
  bool front_in_pieces_ = false;  // the front task is to be given back when the pieces are out
};

}  // namespace pith::container
