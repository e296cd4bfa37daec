#include "container/reader/reader.h"

#include <algorithm>
#include <chrono>

#include "container/coding/block_memory.h"
#include "container/coding/parameters.h"
#include "container/methods/networks.h"
#include "container/priors/built_in_priors.h"

namespace pith::container {
namespace {

// Of the prior that a block is coded with, 0 for none.
uint64_t prior_id(const BlockHeader& block, const FrameHeader& frame) {
  if (block.prior == kNoPrior) return 0;
  return block.prior == kFramePrior ? frame.prior_id : built_in_prior(block.prior).id();
}

}  // namespace

Reader::Reader(HookResource* resource)
    : resource_(resource), table_(resource), slots_(resource), pool_(resource) {}

Status Reader::open(const pith_source& source) {
  source_ = SourceReader(source);
  PITH_TRY(table_.open(source_));
  index_bytes_ = resource_->bytes_in_use();
  return {};
}

Status Reader::set(pith_param param, uint64_t value) {
  switch (param) {
    case PITH_PARAM_MEMLIMIT:
      memlimit_ = value;
      return {};
    case PITH_PARAM_THREADS:
      PITH_CHECK(value <= kThreadsMax, PITH_ERR_PARAM, "more than 1024 threads");
      threads_ = resolve_threads(value);
      slots_.clear();
      pool_.configure(threads_);
      return {};
    default:
      return Status::error(PITH_ERR_PARAM, "a reader has no such parameter");
  }
}

// Reads a block's header and compares it with what the index says.
Status Reader::prove_header(const BlockRef& ref, BlockHeader* header, size_t* size) const {
  Status status = read_block_header(source_, ref.coded_offset, header, size);
  const uint64_t raw_offset = ref.raw_offset - ref.frame->raw_offset;
  if (status.ok() && (header->raw_offset != raw_offset || header->raw_size != ref.raw_size ||
                      *size + header->coded_size != ref.coded_size)) {
    status = Status::error(PITH_ERR_CORRUPT, "a block does not agree with the index");
  }
  return status.ok() || status.code == PITH_ERR_IO ? status
                                                   : status.at(ref.number, ref.coded_offset);
}

Status Reader::block_info(uint64_t index, pith_block_info* info) const {
  const BlockRef ref = table_.block(index);
  BlockHeader header;
  size_t size = 0;
  PITH_TRY(prove_header(ref, &header, &size));
  *info = {.frame = ref.frame_number,
           .block = ref.number,
           .raw_offset = ref.raw_offset,
           .raw_size = ref.raw_size,
           .coded_offset = ref.coded_offset,
           .coded_size = ref.coded_size,
           .method = static_cast<int>(header.method),
           .kind = static_cast<int>(header.kind),
           .level = header.level,
           .raw_hash = header.raw_hash,
           .prior_id = prior_id(header, ref.frame->header),
           .model_id = header.method == Method::kNeural ? ref.frame->header.model_id : 0};
  return {};
}

Status Reader::read(std::span<uint8_t> dst, uint64_t offset, size_t* done) {
  *done = 0;
  if (offset >= table_.raw_size()) return {};
  const uint64_t available = table_.raw_size() - offset;
  dst = dst.first(static_cast<size_t>(std::min<uint64_t>(dst.size(), available)));
  if (dst.empty()) return {};
  const uint64_t last = table_.block_at(offset + dst.size() - 1);
  for (uint64_t number = table_.block_at(offset); *done < dst.size(); ++number) {
    if (find(number) == nullptr) PITH_TRY(load(number, last));
    size_t copied = 0;
    Slot* const slot = find(number);
    if (const Status status = copy(*slot, dst.subspan(*done), offset + *done, &copied);
        !status.ok()) {
      slot->number = kNoBlock;
      return status;
    }
    *done += copied;
  }
  return {};
}

// Brings in the block `first`, and with threads the next ones up to `last`, as far as memory
// allows. Fails only if the first cannot be fetched; how decoding went is in the slots.
Status Reader::load(uint64_t first, uint64_t last) {
  for (Slot& slot : slots_) slot.number = kNoBlock;
  uint64_t budget = UINT64_MAX;
  if (memlimit_ != 0) {
    // What is kept from other blocks counts too.
    for (Slot& slot : slots_) slot.block.release();
    pool_.release_memory();
    budget = memlimit_ > index_bytes_ ? memlimit_ - index_bytes_ : 0;
  }
  const size_t wanted = static_cast<size_t>(std::min<uint64_t>(threads_, last - first + 1));
  while (slots_.size() < wanted) slots_.emplace_back(resource_);
  size_t fetched = 0;
  for (auto slot = slots_.begin(); fetched < wanted; ++slot, ++fetched) {
    const Status status = fetch(table_.block(first + fetched), &budget, &*slot);
    if (!status.ok() && fetched == 0) return status;
    if (!status.ok()) break;  // its own turn comes
  }
  decode(fetched);
  for (auto slot = slots_.begin(); fetched > 0; ++slot, --fetched) slot->number = first++;
  return {};
}

// Reads a block's payload if its decoding fits the budget, bytes, which is lessened by that.
Status Reader::fetch(const BlockRef& ref, uint64_t* budget, Slot* slot) const {
  const FrameHeader& frame = ref.frame->header;
  const auto here = [&ref](const Status& status) {
    return status.at(ref.number, ref.coded_offset);
  };
  BlockHeader header;
  size_t size = 0;
  PITH_TRY(prove_header(ref, &header, &size));
  uint64_t needed = block_decode_memory(header);
  if (const Status prior = check_frame_prior(frame.prior_id, prior_); !prior.ok()) {
    return here(prior);
  }
  if (header.prior == kFramePrior && frame.prior_id == 0) {
    return here(
        Status::error(PITH_ERR_CORRUPT, "a block needs a prior that its frame does not name"));
  }
  slot->models.prior = prior_;
  if (header.method == Method::kNeural && frame.model_id == 0) {
    return here(
        Status::error(PITH_ERR_CORRUPT, "a block needs a network that its frame does not name"));
  }
  if (needed > frame.memory_bytes()) {
    return here(
        Status::error(PITH_ERR_CORRUPT, "a block needs more memory than its frame declares"));
  }
  if (frame.model_id != 0) needed = std::max<uint64_t>(needed, kNetworkRoom);
  if (needed > *budget) {
    Status status = Status::error(PITH_ERR_MEMLIMIT, "a block needs more memory than the limit");
    status.needed = index_bytes_ + needed;
    return here(status);
  }
  *budget -= needed;
  if (const Status found = find_network(frame.model_id, own_network_, &slot->models.network);
      !found.ok()) {
    return here(found);
  }
  return slot->block.fetch(source_, header, ref.coded_offset + size);
}

// Decodes the first `count` slots.
void Reader::decode(size_t count) {
  // A thread is started only where it works beside another.
  const bool on_thread = count > 1;
  try {
    auto slot = slots_.begin();
    for (size_t i = 0; i < count; ++i) pool_.submit(&*slot++, on_thread);
    slot = slots_.begin();
    for (size_t i = 0; i < count; ++i, ++slot) {
      while (!pool_.wait(*slot, std::chrono::seconds(1))) {
      }
    }
  } catch (...) {  // no memory: the slots must be free again
    pool_.drain();
    throw;
  }
}

// Copies what a slot has of the raw bytes from offset on.
Status Reader::copy(const Slot& slot, std::span<uint8_t> dst, uint64_t offset,
                    size_t* copied) const {
  const BlockRef ref = table_.block(slot.number);
  if (const Status& status = WorkerPool::status(slot); !status.ok()) {
    return status.at(ref.number, ref.coded_offset);
  }
  const std::span<const uint8_t> raw =
      slot.block.raw().subspan(static_cast<size_t>(offset - ref.raw_offset));
  *copied = std::min(dst.size(), raw.size());
  std::copy_n(raw.begin(), *copied, dst.begin());
  return {};
}

Reader::Slot* Reader::find(uint64_t number) {
  const auto slot = std::find_if(slots_.begin(), slots_.end(),
                                 [number](const Slot& s) { return s.number == number; });
  return slot != slots_.end() ? &*slot : nullptr;
}

}  // namespace pith::container
