#include "container/coding/encoder.h"

#include <algorithm>
#include <cstring>

#include "container/coding/block_memory.h"
#include "container/coding/levels.h"
#include "container/methods/networks.h"

namespace pith::container {
namespace {

constexpr size_t kFirstRawBuffer =
    64 * 1024;  // bytes; grows with the input, so that small inputs stay small

uint64_t to_kib(uint64_t bytes) { return (bytes + 1023) / 1024; }

}  // namespace

Encoder::Encoder(HookResource* resource)
    : pipeline_(resource), index_(resource), footer_(resource) {}

Status Encoder::set(pith_param param, uint64_t value) {
  PITH_CHECK(!started_, PITH_ERR_STATE, "parameters are set before the first byte of a frame");
  return parameters_.set(param, value);
}

Status Encoder::set_prior(const Prior* prior) {
  PITH_CHECK(!started_, PITH_ERR_STATE, "a prior is set before the first byte of a frame");
  prior_ = prior;
  return {};
}

Status Encoder::set_network(const model::LanguageModel* network) {
  PITH_CHECK(!started_, PITH_ERR_STATE, "a model is set before the first byte of a frame");
  own_network_ = network;
  return {};
}

void Encoder::reset() {
  pipeline_.reset();
  started_ = input_ended_ = frame_complete_ = front_in_pieces_ = false;
  filled_ = 0;
  blocks_sealed_ = 0;
  raw_offset_ = 0;
  coded_bytes_ = 0;
  frame_header_size_ = 0;
  content_hash_.reset();
  index_.clear();
  headers_size_ = 0;
  footer_.clear();
  pieces_ = {};
}

Status Encoder::run(pith_out* out, pith_in* in, pith_op op, bool* ended) {
  *ended = false;
  const bool input_given = in->pos < in->size;
  const size_t in_before = in->pos;
  const size_t out_before = out->pos;
  PITH_CHECK(!input_ended_ || (op == PITH_FINISH && !input_given), PITH_ERR_STATE,
             "the frame is finished: reset the encoder before the next one");
  if (!started_) PITH_TRY(start());

  for (;;) {
    if (!hand_out(out)) return {};
    if (frame_complete_) {
      *ended = true;
      return {};
    }
    take_input(in, op);
    const bool input_left = in->pos < in->size;  // no task to put it in
    if (pipeline_.empty()) {
      if (!input_ended_) return {};
      PITH_TRY(finish_frame());
      continue;
    }
    // Waits for the oldest block only where nothing else can be done: its task is needed for input,
    // everything has to come out, or the caller came for output and nothing else.
    const bool progressed = in->pos != in_before || out->pos != out_before;
    if (!input_left && op == PITH_RUN && progressed && !pipeline_.front_ready()) return {};
    PITH_TRY(collect());
  }
}

Status Encoder::start() {
  const uint64_t needed = parameters_.memory(1);
  if (parameters_.memory_limit != 0 && needed > parameters_.memory_limit) {
    Status status =
        Status::error(PITH_ERR_MEMLIMIT, "encoding needs more memory than the limit allows");
    status.needed = needed;
    return status;
  }
  network_ = nullptr;
  if (level_traits(parameters_.level).network) {
    network_ = own_network_;
    if (network_ == nullptr) PITH_TRY(built_in_network(&network_));
  }
  pipeline_.configure(workers_within(parameters_.threads, parameters_.memory_limit, needed,
                                     2 * uint64_t{parameters_.effective_block_size()}));
  started_ = true;
  return {};
}

// Takes what the free tasks can hold. A full block is sealed only once it is known whether it is
// the last one: the frame header says so (docs/format.md section 2), and must not depend on how the
// input was cut into calls.
void Encoder::take_input(pith_in* in, pith_op op) {
  const size_t block_size = parameters_.effective_block_size();
  for (;;) {
    const size_t left = in->size - in->pos;
    if (left != 0) {
      if (filled_ == block_size) seal(false);
      EncodeTask* task = pipeline_.current();
      if (task == nullptr) return;
      const size_t size = std::min(left, block_size - filled_);
      if (filled_ + size > task->raw.capacity()) {
        const size_t doubled =
            std::max({kFirstRawBuffer, 2 * task->raw.capacity(), filled_ + size});
        task->raw.grow(std::min(doubled, block_size), filled_);
      }
      std::memcpy(task->raw.data() + filled_, static_cast<const uint8_t*>(in->data) + in->pos,
                  size);
      filled_ += size;
      in->pos += size;
      continue;
    }
    if (op == PITH_RUN) return;
    if (filled_ != 0) seal(op == PITH_FINISH);
    if (op == PITH_FINISH) input_ended_ = true;
    return;
  }
}

void Encoder::seal(bool last) {
  EncodeTask* task = pipeline_.current();
  task->raw_size = filled_;
  task->options = {.level = parameters_.level,
                   .verify = parameters_.verify,
                   .prior = prior_,
                   .built_in_priors = parameters_.built_in_priors,
                   .network = network_};
  task->only_block = last && blocks_sealed_ == 0;
  ++blocks_sealed_;
  filled_ = 0;
  pipeline_.submit(last);
}

// Waits for the front block and makes its pieces.
Status Encoder::collect() {
  Status status = pipeline_.wait_front(coded_bytes_);
  if (!status.ok()) return status.at(index_.blocks(), coded_bytes_);
  EncodeTask& task = pipeline_.front();
  BlockHeader& header = task.block.header;
  header.raw_offset = raw_offset_;

  headers_size_ = 0;
  if (index_.blocks() == 0) write_frame_header(header, task.only_block);
  const SerialisedBlockHeader bytes = serialise(header);
  std::copy_n(bytes.bytes.begin(), bytes.size,
              headers_.begin() + static_cast<ptrdiff_t>(headers_size_));
  headers_size_ += bytes.size;

  PITH_TRY(index_.add(
      {.coded_total = bytes.size + task.block.payload.size(), .raw_size = header.raw_size}));
  content_hash_.update({task.raw.data(), task.raw_size});
  raw_offset_ += header.raw_size;
  pieces_ = {std::span<const uint8_t>(headers_).first(headers_size_), task.block.payload};
  front_in_pieces_ = true;
  return {};
}

void Encoder::write_frame_header(const BlockHeader& first, bool only_block) {
  FrameHeader header;
  header.level = static_cast<uint8_t>(parameters_.level);
  header.block_size = only_block ? first.raw_size : parameters_.effective_block_size();
  header.memory_kib =
      to_kib(only_block ? block_decode_memory(first)
                        : frame_decode_memory(parameters_.level, header.block_size));
  // A frame names its prior if a block may need it.
  const bool needs_prior = only_block ? first.prior == kFramePrior : prior_ != nullptr;
  header.prior_id = needs_prior ? prior_->id() : 0;
  const bool needs_network = only_block ? first.method == Method::kNeural : network_ != nullptr;
  header.model_id = needs_network ? network_->id() : 0;
  const SerialisedFrameHeader bytes = serialise(header);
  std::copy_n(bytes.bytes.begin(), bytes.size, headers_.begin());
  headers_size_ = frame_header_size_ = bytes.size;
}

Status Encoder::finish_frame() {
  headers_size_ = 0;
  if (index_.blocks() == 0) {
    const SerialisedFrameHeader bytes =
        serialise(FrameHeader{.level = static_cast<uint8_t>(parameters_.level)});
    std::copy_n(bytes.bytes.begin(), bytes.size, headers_.begin());
    headers_size_ = frame_header_size_ = bytes.size;
  }
  footer_ = index_.footer(frame_header_size_, content_hash_.digest());
  pieces_ = {std::span<const uint8_t>(headers_).first(headers_size_), footer_};
  frame_complete_ = true;
  return {};
}

// True once there is nothing left to hand out.
bool Encoder::hand_out(pith_out* out) {
  for (std::span<const uint8_t>& piece : pieces_) {
    const size_t size = std::min(piece.size(), out->size - out->pos);
    if (size != 0) {
      std::memcpy(static_cast<uint8_t*>(out->data) + out->pos, piece.data(), size);
      out->pos += size;
      coded_bytes_ += size;
      piece = piece.subspan(size);
    }
    if (!piece.empty()) return false;
  }
  if (front_in_pieces_) {
    front_in_pieces_ = false;
    pipeline_.pop_front();
  }
  return true;
}

}  // namespace pith::container
