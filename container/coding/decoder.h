// Frames in, raw bytes out, in calls of any size: docs/format.md read forwards.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "container/base/checksum.h"
#include "container/base/status.h"
#include "container/coding/block_pipeline.h"
#include "container/coding/parameters.h"
#include "container/format/footer_verifier.h"
#include "container/format/format.h"

namespace pith::container {

// A block being decoded.
class DecodeTask final : public BlockTask {
 public:
  explicit DecodeTask(HookResource* resource) : payload(resource), raw(resource) {}

  void release_memory() {
    payload.release();
    raw.release();
  }

  BlockHeader header;
  Buffer payload;
  Buffer raw;                 // the result: header.raw_size bytes
  uint64_t block = 0;         // number within its frame
  uint64_t coded_offset = 0;  // of the block header in the whole input
  FrameModels models;
  std::optional<Hash128> content_hash;  // set on the last block of a frame: what the footer says
  uint64_t footer_offset = 0;           // likewise

 private:
  Status run(BlockWorkspace* workspace) override {
    return decode_block(header, {payload.data(), header.coded_size}, models, &raw, workspace,
                        &control);
  }
};

// Any number of concatenated frames. Errors come in the order of the data: all blocks before the
// damage are handed out first, whatever the number of threads. Throws std::bad_alloc; then, as
// after an error other than PITH_ERR_STATE, PITH_ERR_MEMLIMIT and PITH_ERR_MODEL, only reset()
// makes sense. The caller (the C API) sees to that and to PITH_ERR_NO_PROGRESS.
class Decoder {
 public:
  explicit Decoder(HookResource* resource) : pipeline_(resource) {}

  Status set(pith_param param, uint64_t value);
  // prior: for frames that name it; null for none; must outlive its use. Status as of set().
  Status set_prior(const Prior* prior);
  // network: for frames that name it; null for none but the built-in one; must outlive its use.
  // Before the first byte, and after PITH_ERR_MODEL: run() then goes on.
  Status set_network(const model::LanguageModel* network);
  void set_progress(pith_progress_fn fn, void* opaque) { pipeline_.progress().set(fn, opaque); }
  // See pith_decoder_run. *ended: everything is handed out.
  Status run(pith_out* out, pith_in* in, pith_op op, bool* ended);
  void reset();
  // Of the frame in work; null before it was seen.
  [[nodiscard]] const FrameHeader* frame_header() const {
    return frame_header_seen_ ? &frame_header_ : nullptr;
  }

 private:
  // What the next byte of input belongs to.
  enum class Part {
    kFrameHeader,
    kAdmission,  // no byte: the frame header is whole, its memory and network are to be granted
    kBlockOrFooter,
    kPayload,
    kFooter,
    kForeign,  // trailing bytes that are ignored
    kError,    // error_ follows once all blocks before it are handed out
  };

  // Advances parsing as far as input and free tasks allow; errors are kept for later.
  Status parse(pith_in* in);
  Status parse_part(pith_in* in, bool* stuck);
  Status parse_frame_start(pith_in* in);
  Status admit_frame(bool* stuck);
  Status parse_block_start(pith_in* in, bool* stuck);
  [[nodiscard]] Status check_block(const BlockHeader& header) const;
  Status take_payload(pith_in* in);
  Status take_footer(pith_in* in);
  Status end_frame();
  // Adds input to the structure in work until `parser` does not ask for more.
  template <typename Parser>
  Status gather(pith_in* in, Parser parser, bool* whole);

  Status collect();
  Status finish_front();
  [[nodiscard]] Status check_content(const Hash128& expected, uint64_t footer_offset) const;
  bool hand_out(pith_out* out);
  [[nodiscard]] Status place(const Status& status) const;

  DecoderParameters parameters_;
  const Prior* prior_ = nullptr;
  const model::LanguageModel* own_network_ = nullptr;  // that was given
  const model::LanguageModel* network_ = nullptr;      // that the frame names
  BlockPipeline<DecodeTask> pipeline_;
  uint64_t memory_per_worker_ = 0;  // what the pipeline is configured for; 0: not yet

  // Parsing.
  Part part_ = Part::kFrameHeader;
  Status error_;                                                        // Part::kError
  std::array<uint8_t, kFrameHeaderMax + kBlockHeaderMax> structure_{};  // the header in work
  size_t structure_size_ = 0;
  uint64_t coded_bytes_ = 0;       // of input taken
  uint64_t structure_offset_ = 0;  // of the structure or block in work
  bool started_ = false;
  uint64_t frames_ended_ = 0;
  bool frame_header_seen_ = false;
  FrameHeader frame_header_;
  size_t frame_header_size_ = 0;
  uint64_t frame_raw_bytes_ = 0;  // of the blocks of the frame so far
  uint64_t raw_bytes_ = 0;        // of all blocks so far
  size_t payload_size_ = 0;       // bytes of the payload so far
  FooterVerifier footer_;

  // Handing out.
  Hasher128 content_hash_;  // of the frame, as far as it is decoded
  std::span<const uint8_t> piece_;
  bool front_in_piece_ = false;
};

}  // namespace pith::container
