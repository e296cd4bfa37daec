#include "container/reader.h"

#include <algorithm>
#include <system_error>
#include <thread>

namespace pith::container {

Reader::Reader(const pith_source& source, HookResource* resource)
    : source_(source), resource_(resource), table_(resource), slots_(resource) {}

Status Reader::open() {
  PITH_TRY(table_.open(source_));
  index_bytes_ = resource_->bytes_in_use();
  return {};
}

void Reader::set_threads(unsigned threads) {
  threads_ = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  slots_.clear();
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

Status Reader::block_info(uint64_t index, pith_block_info* info) {
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
           .raw_hash = header.raw_hash};
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
    PITH_TRY(copy(number, dst.subspan(*done), offset + *done, &copied));
    *done += copied;
  }
  return {};
}

// Brings in the block `first`, and with threads the next ones up to `last`. Fails only for the
// first; what happened to the others is in their slots.
Status Reader::load(uint64_t first, uint64_t last) {
  for (Slot& slot : slots_) {
    slot.number = kNoBlock;
    // Room for as many blocks at once as fit.
    if (memlimit_ != 0 && threads_ > 1) slot.loader.release();
  }
  uint64_t budget = UINT64_MAX;
  if (memlimit_ != 0) budget = memlimit_ > index_bytes_ ? memlimit_ - index_bytes_ : 0;

  const size_t wanted = static_cast<size_t>(std::min<uint64_t>(threads_, last - first + 1));
  size_t fetched = 0;
  for (; fetched < wanted; ++fetched) {
    if (fetched == slots_.size()) slots_.emplace_back(resource_);
    Slot& slot = slots_[fetched];
    Status status = fetch(table_.block(first + fetched), budget, &slot);
    if (!status.ok()) {
      if (fetched != 0) break;  // its own turn comes
      return status;
    }
    if (memlimit_ != 0) budget -= slot.loader.reserved();
  }
  decode(fetched);
  for (size_t i = 0; i < fetched; ++i) slots_[i].number = first + i;
  return {};
}

Status Reader::fetch(const BlockRef& ref, uint64_t budget, Slot* slot) {
  const FrameHeader& frame = ref.frame->header;
  PITH_CHECK(frame.prior_id == 0, PITH_ERR_PRIOR, "the frame needs a prior that is not here");
  PITH_CHECK(frame.model_id == 0, PITH_ERR_MODEL, "the frame needs a model that is not here");
  BlockHeader header;
  size_t size = 0;
  PITH_TRY(prove_header(ref, &header, &size));
  Status status;
  if (block_decode_memory(header) > frame.memory_bytes()) {
    status = Status::error(PITH_ERR_CORRUPT, "a block needs more memory than its frame declares");
  } else {
    status = slot->loader.fetch(source_, header, ref.coded_offset + size, budget);
    if (status.code == PITH_ERR_MEMLIMIT) status.needed += index_bytes_;
  }
  return status.ok() || status.code == PITH_ERR_IO ? status
                                                   : status.at(ref.number, ref.coded_offset);
}

// Decodes the first slots, each on a thread of its own; the caller's thread takes one, and all
// where no thread can be had.
void Reader::decode(size_t slots) {
  const auto work = [this](size_t i) noexcept { slots_[i].status = slots_[i].loader.decode(); };
  std::pmr::vector<std::thread> threads(resource_);
  threads.reserve(slots);
  size_t started = 1;
  try {
    for (; started < slots; ++started) threads.emplace_back(work, started);
  } catch (const std::exception&) {
    for (size_t i = started; i < slots; ++i) work(i);
  }
  work(0);
  for (std::thread& thread : threads) thread.join();
}

// Copies what the block `number`, which is in a slot, has of the raw bytes from offset on.
Status Reader::copy(uint64_t number, std::span<uint8_t> dst, uint64_t offset, size_t* copied) {
  Slot* slot = find(number);
  const BlockRef ref = table_.block(number);
  if (!slot->status.ok()) {
    slot->number = kNoBlock;
    return slot->status.at(ref.number, ref.coded_offset);
  }
  const std::span<const uint8_t> raw =
      slot->loader.raw().subspan(static_cast<size_t>(offset - ref.raw_offset));
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
