#include "container/coding/decoder.h"

#include <algorithm>
#include <cstring>

#include "container/coding/block_memory.h"
#include "container/methods/networks.h"

namespace pith::container {
namespace {

constexpr size_t kFooterOfOneBlock = 64;           // bytes, at most
constexpr size_t kFirstPayloadBuffer = 64 * 1024;  // bytes

// Room for `size` bytes of a payload that claims to have `claimed`: memory follows the bytes that
// have arrived, not the claim.
void make_room(Buffer* payload, size_t size, size_t claimed, size_t keep) {
  if (size <= payload->capacity()) return;
  payload->grow(std::min(claimed, std::max({kFirstPayloadBuffer, 4 * payload->capacity(), size})),
                keep);
}

}  // namespace

Status Decoder::set(pith_param param, uint64_t value) {
  PITH_CHECK(
      !started_ || (param == PITH_PARAM_MEMLIMIT && part_ == Part::kAdmission), PITH_ERR_STATE,
      "parameters are set before the first byte, the memory limit also after it was reached");
  return parameters_.set(param, value);
}

Status Decoder::set_prior(const Prior* prior) {
  PITH_CHECK(!started_, PITH_ERR_STATE, "a prior is set before the first byte");
  prior_ = prior;
  return {};
}

Status Decoder::set_network(const model::LanguageModel* network) {
  // Blocks in work hold the one before.
  PITH_CHECK(!started_ || (part_ == Part::kAdmission && pipeline_.empty()), PITH_ERR_STATE,
             "a model is set before the first byte, or when it was found missing");
  own_network_ = network;
  return {};
}

void Decoder::reset() {
  pipeline_.reset();
  part_ = Part::kFrameHeader;
  error_ = {};
  structure_size_ = 0;
  coded_bytes_ = structure_offset_ = 0;
  started_ = false;
  frames_ended_ = 0;
  frame_header_seen_ = false;
  frame_raw_bytes_ = raw_bytes_ = 0;
  footer_ = {};
  piece_ = {};
  front_in_piece_ = false;
  memory_per_worker_ = 0;
}

Status Decoder::run(pith_out* out, pith_in* in, pith_op op, bool* ended) {
  *ended = false;
  const size_t in_before = in->pos;
  const size_t out_before = out->pos;
  for (;;) {
    if (!hand_out(out)) return {};
    if (front_in_piece_) PITH_TRY(finish_front());
    PITH_TRY(parse(in));
    const bool input_left = in->pos < in->size;
    if (pipeline_.empty()) {
      if (part_ == Part::kError) return error_;
      if (part_ == Part::kForeign) {
        *ended = true;
        return {};
      }
      if (op != PITH_FINISH || input_left) return {};
      const bool between_frames = part_ == Part::kFrameHeader && structure_size_ == 0;
      if (!between_frames || frames_ended_ == 0) {
        return place(Status::error(PITH_ERR_TRUNCATED, frames_ended_ == 0 && coded_bytes_ == 0
                                                           ? "there is no data at all"
                                                           : "the data ends inside a frame"));
      }
      *ended = true;
      return {};
    }
    // Waits for the oldest block only where nothing else can be done: its task is needed for input,
    // no input is to come, or the caller came for output and nothing else.
    const bool progressed = in->pos != in_before || out->pos != out_before;
    const bool input_may_come = !input_left && op == PITH_RUN && part_ != Part::kError &&
                                part_ != Part::kForeign && part_ != Part::kAdmission;
    if (input_may_come && progressed && !pipeline_.front_ready()) return {};
    PITH_TRY(collect());
  }
}

// True once there is nothing left to hand out.
bool Decoder::hand_out(pith_out* out) {
  const size_t size = std::min(piece_.size(), out->size - out->pos);
  if (size != 0) {
    std::memcpy(static_cast<uint8_t*>(out->data) + out->pos, piece_.data(), size);
    out->pos += size;
    piece_ = piece_.subspan(size);
  }
  return piece_.empty();
}

// Waits for the front block: proved by decode_block(), it may now be handed out.
Status Decoder::collect() {
  const Status status = pipeline_.wait_front(coded_bytes_);
  DecodeTask& task = pipeline_.front();
  if (!status.ok()) return status.at(task.block, task.coded_offset);
  piece_ = {task.raw.data(), task.header.raw_size};
  if (task.block == 0) content_hash_.reset();
  content_hash_.update(piece_);
  front_in_piece_ = true;
  return {};
}

// The front block is handed out whole.
Status Decoder::finish_front() {
  front_in_piece_ = false;
  const std::optional<Hash128> expected = pipeline_.front().content_hash;
  const uint64_t footer_offset = pipeline_.front().footer_offset;
  pipeline_.pop_front();
  if (expected.has_value()) return check_content(*expected, footer_offset);
  return {};
}

Status Decoder::check_content(const Hash128& expected, uint64_t footer_offset) const {
  if (content_hash_.digest() == expected) return {};
  return Status::error(PITH_ERR_CHECKSUM, "the data of a frame does not match its hash")
      .at(PITH_UNKNOWN_POSITION, footer_offset);
}

// Where parsing is, for an error there.
Status Decoder::place(const Status& status) const {
  uint64_t block = PITH_UNKNOWN_POSITION;
  if (part_ == Part::kBlockOrFooter) block = footer_.blocks();
  if (part_ == Part::kPayload) block = footer_.blocks() - 1;
  return status.at(block, structure_offset_);
}

Status Decoder::parse(pith_in* in) {
  for (bool stuck = false; !stuck;) {
    const Status status = parse_part(in, &stuck);
    // Not fatal: stays in Part::kAdmission.
    if (status.code == PITH_ERR_MEMLIMIT || status.code == PITH_ERR_MODEL) return status;
    if (!status.ok()) {
      error_ = place(status);
      part_ = Part::kError;
    }
  }
  return {};
}

// *stuck: no more can be done before more input comes, or a block leaves.
Status Decoder::parse_part(pith_in* in, bool* stuck) {
  if (part_ == Part::kAdmission) return admit_frame(stuck);
  *stuck = in->pos == in->size || part_ == Part::kForeign || part_ == Part::kError;
  if (*stuck) return {};
  started_ = true;
  if (structure_size_ == 0 && part_ != Part::kPayload && part_ != Part::kFooter) {
    structure_offset_ = coded_bytes_;
  }
  if (part_ == Part::kFrameHeader) return parse_frame_start(in);
  if (part_ == Part::kBlockOrFooter) return parse_block_start(in, stuck);
  return part_ == Part::kPayload ? take_payload(in) : take_footer(in);
}

template <typename Parser>
Status Decoder::gather(pith_in* in, Parser parser, bool* whole) {
  *whole = false;
  for (;;) {
    const Status status = parser(std::span<const uint8_t>(structure_).first(structure_size_));
    if (!status.wants_more()) {
      *whole = status.ok();
      return status;
    }
    const size_t left = in->size - in->pos;
    if (left == 0) return {};
    const size_t size = std::min<size_t>(left, status.needed - structure_size_);
    std::memcpy(structure_.data() + structure_size_,
                static_cast<const uint8_t*>(in->data) + in->pos, size);
    structure_size_ += size;
    in->pos += size;
    coded_bytes_ += size;
  }
}

Status Decoder::parse_frame_start(pith_in* in) {
  const size_t in_before = in->pos;
  bool whole = false;
  const Status status = gather(
      in,
      [this](std::span<const uint8_t> bytes) {
        return parse_frame_header(bytes, &frame_header_, &frame_header_size_);
      },
      &whole);
  if (status.code == PITH_ERR_FORMAT && frames_ended_ != 0) {
    if (!parameters_.ignore_trailing) {
      return Status::error(PITH_ERR_TRAILING, "foreign data follows the last frame");
    }
    coded_bytes_ -= in->pos - in_before;  // leave to the caller what is not ours
    in->pos = in_before;
    part_ = Part::kForeign;
    return {};
  }
  PITH_TRY(status);
  if (!whole) return {};
  structure_size_ = 0;
  frame_header_seen_ = true;
  PITH_TRY(check_frame_prior(frame_header_.prior_id, prior_));
  footer_ = {};
  footer_.begin(frame_header_size_);
  frame_raw_bytes_ = 0;
  part_ = Part::kAdmission;
  return {};
}

// Grants the frame its memory: fewer workers before none. A frame that needs more than the one
// before waits until the memory of that one is free, and one whose network is missing until all
// before it is handed out.
Status Decoder::admit_frame(bool* stuck) {
  uint64_t needed = frame_header_.memory_bytes();
  if (frame_header_.model_id != 0) needed = std::max<uint64_t>(needed, kNetworkRoom);
  const uint64_t limit = parameters_.memory_limit;
  const bool first = memory_per_worker_ == 0;
  if (first || (limit != 0 && needed > memory_per_worker_)) {
    if (!pipeline_.empty()) {
      *stuck = true;
      return {};
    }
    if (limit != 0 && needed > limit) {
      Status status =
          Status::error(PITH_ERR_MEMLIMIT, "decoding needs more memory than the limit allows");
      status.needed = needed;
      return place(status);
    }
    if (limit != 0) pipeline_.release_memory();
    pipeline_.configure(
        workers_within(parameters_.threads, limit, needed, 2 * uint64_t{frame_header_.block_size}));
    memory_per_worker_ = std::max<uint64_t>(needed, 1);
  }
  if (const Status found = find_network(frame_header_.model_id, own_network_, &network_);
      !found.ok()) {
    *stuck = !pipeline_.empty();
    return *stuck ? Status{} : place(found);
  }
  part_ = Part::kBlockOrFooter;
  return {};
}

Status Decoder::parse_block_start(pith_in* in, bool* stuck) {
  // The four bytes of a marker tell a block from the footer.
  bool whole = false;
  if (structure_size_ < kMarkerSize) {
    PITH_TRY(gather(
        in,
        [](std::span<const uint8_t> bytes) {
          return bytes.size() < kMarkerSize ? Status::need_more(kMarkerSize) : Status{};
        },
        &whole));
    if (!whole) return {};
  }
  if (std::equal(kFooterMarker.begin(), kFooterMarker.end(), structure_.begin())) {
    PITH_CHECK(footer_.blocks() != 0 || frame_header_.block_size == 0, PITH_ERR_CORRUPT,
               "a frame without blocks gives a block size");
    part_ = Part::kFooter;
    return take_footer(in);
  }
  BlockHeader header;
  size_t header_size = 0;
  PITH_TRY(gather(
      in,
      [&](std::span<const uint8_t> bytes) {
        return parse_block_header(bytes, &header, &header_size);
      },
      &whole));
  if (!whole) return {};
  PITH_TRY(check_block(header));
  DecodeTask* task = pipeline_.current();
  if (task == nullptr) {  // the header is parsed again once a block has left
    *stuck = true;
    return {};
  }
  structure_size_ = 0;
  task->header = header;
  task->block = footer_.blocks();
  task->coded_offset = structure_offset_;
  task->models = {prior_, network_};
  task->content_hash.reset();
  frame_raw_bytes_ += header.raw_size;
  raw_bytes_ += header.raw_size;
  footer_.add_block(
      {.coded_total = uint64_t{header_size} + header.coded_size, .raw_size = header.raw_size});
  payload_size_ = 0;
  part_ = Part::kPayload;
  return {};
}

// What the block header says against its frame and the limits.
Status Decoder::check_block(const BlockHeader& header) const {
  PITH_CHECK(header.raw_offset == frame_raw_bytes_, PITH_ERR_CORRUPT,
             "a block is not where its header says: blocks are missing or out of order");
  PITH_CHECK(header.raw_size <= frame_header_.block_size, PITH_ERR_CORRUPT,
             "a block is larger than its frame allows");
  PITH_CHECK(header.prior != kFramePrior || frame_header_.prior_id != 0, PITH_ERR_CORRUPT,
             "a block needs a prior that its frame does not name");
  PITH_CHECK(header.method != Method::kNeural || frame_header_.model_id != 0, PITH_ERR_CORRUPT,
             "a block needs a network that its frame does not name");
  PITH_CHECK(block_decode_memory(header) <= frame_header_.memory_bytes(), PITH_ERR_CORRUPT,
             "a block needs more memory than its frame declares");
  uint64_t raw_total = 0;
  const bool fits = checked_add(raw_bytes_, header.raw_size, &raw_total);
  if (!fits || raw_total > parameters_.max_output) {
    Status status =
        Status::error(PITH_ERR_OUTPUT_LIMIT, "the output is larger than the limit allows");
    status.needed = raw_total;
    return status;
  }
  return {};
}

Status Decoder::take_payload(pith_in* in) {
  DecodeTask* task = pipeline_.current();
  const size_t claimed = task->header.coded_size;
  const size_t size = std::min(in->size - in->pos, claimed - payload_size_);
  make_room(&task->payload, payload_size_ + size, claimed, payload_size_);
  std::memcpy(task->payload.data() + payload_size_, static_cast<const uint8_t*>(in->data) + in->pos,
              size);
  payload_size_ += size;
  in->pos += size;
  coded_bytes_ += size;
  if (payload_size_ == claimed) {
    // The only block of its frame, and nothing but a footer behind it as far as can be seen.
    const bool alone = task->block == 0 && task->header.raw_size == frame_header_.block_size &&
                       in->size - in->pos <= kFooterOfOneBlock;
    part_ = Part::kBlockOrFooter;
    pipeline_.submit(alone);
  }
  return {};
}

Status Decoder::take_footer(pith_in* in) {
  bool complete = false;
  size_t used = 0;
  if (structure_size_ != 0) {  // the marker
    PITH_TRY(footer_.consume(std::span<const uint8_t>(structure_).first(structure_size_), &used,
                             &complete));
    structure_size_ = 0;
  }
  const std::span<const uint8_t> rest(static_cast<const uint8_t*>(in->data) + in->pos,
                                      in->size - in->pos);
  const Status status = footer_.consume(rest, &used, &complete);
  in->pos += used;
  coded_bytes_ += used;
  PITH_TRY(status);
  return complete ? end_frame() : Status{};
}

Status Decoder::end_frame() {
  part_ = Part::kFrameHeader;
  ++frames_ended_;
  if (!footer_.has_content_hash()) return {};
  if (pipeline_.empty()) return check_content(footer_.content_hash(), structure_offset_);
  pipeline_.back().content_hash = footer_.content_hash();
  pipeline_.back().footer_offset = structure_offset_;
  return {};
}

}  // namespace pith::container
