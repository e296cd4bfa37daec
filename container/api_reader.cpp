// pith_reader_*: the C face of container::Reader.
#include <algorithm>
#include <cstdlib>
#include <new>

#include "container/allocator.h"
#include "container/reader.h"
#include "container/status.h"
#include "pith/pith.h"

using pith::container::FrameRecord;
using pith::container::HookResource;
using pith::container::Reader;
using pith::container::Status;

struct pith_reader {
  pith_reader(const pith_source& source, const pith_allocator* hooks)
      : allocator(hooks != nullptr ? *hooks : pith_allocator{}),
        resource(hooks),
        reader(source, &resource) {}

  pith_allocator allocator;  // of this object itself; alloc is null for the system's
  HookResource resource;
  Reader reader;
  Status last;  // error of the last call that failed
};

namespace {

pith_reader* make_reader(const pith_source& source, const pith_allocator* hooks) {
  void* memory = hooks != nullptr ? hooks->alloc(hooks->opaque, sizeof(pith_reader))
                                  : std::malloc(sizeof(pith_reader));
  return memory != nullptr ? new (memory) pith_reader(source, hooks) : nullptr;
}

// Runs what may throw, and remembers the error.
template <typename Call>
int guarded(pith_reader* reader, Call call) noexcept {
  Status status;
  try {
    status = call();
  } catch (const std::bad_alloc&) {
    status = Status::error(PITH_ERR_MEMORY, nullptr);
  } catch (...) {
    status = Status::error(PITH_ERR_INTERNAL, nullptr);
  }
  if (!status.ok()) reader->last = status;
  return status.code;
}

int refuse(pith_reader* reader, const char* text) {
  reader->last = Status::error(PITH_ERR_PARAM, text);
  return PITH_ERR_PARAM;
}

}  // namespace

pith_reader* pith_reader_open(const pith_source* source, const pith_allocator* allocator,
                              int* status, pith_error* error) {
  pith_reader* reader = nullptr;
  Status result;
  if (source == nullptr || source->pread == nullptr) {
    result = Status::error(PITH_ERR_PARAM, "no source to read from");
  } else if (reader = make_reader(*source, allocator); reader == nullptr) {
    result = Status::error(PITH_ERR_MEMORY, nullptr);
  } else {
    guarded(reader, [reader] { return reader->reader.open(); });
    result = reader->last;
  }
  if (status != nullptr) *status = result.code;
  pith::container::export_error(result, error);
  if (result.ok()) return reader;
  pith_reader_free(reader);
  return nullptr;
}

void pith_reader_free(pith_reader* reader) {
  if (reader == nullptr) return;
  const pith_allocator allocator = reader->allocator;
  reader->~pith_reader();
  if (allocator.alloc != nullptr) {
    allocator.free(allocator.opaque, reader);
  } else {
    std::free(reader);
  }
}

int pith_reader_set(pith_reader* reader, pith_param param, uint64_t value) {
  if (reader == nullptr) return PITH_ERR_PARAM;
  return guarded(reader, [=] { return reader->reader.set(param, value); });
}

uint64_t pith_reader_size(const pith_reader* reader) {
  return reader != nullptr ? reader->reader.table().raw_size() : 0;
}

uint64_t pith_reader_frames(const pith_reader* reader) {
  return reader != nullptr ? reader->reader.table().frames().size() : 0;
}

uint64_t pith_reader_blocks(const pith_reader* reader) {
  return reader != nullptr ? reader->reader.table().blocks() : 0;
}

int pith_reader_frame_info(const pith_reader* reader, uint64_t frame, pith_info* info) {
  if (reader == nullptr || info == nullptr || frame >= pith_reader_frames(reader)) {
    return PITH_ERR_PARAM;
  }
  const FrameRecord& record = reader->reader.table().frames()[static_cast<size_t>(frame)];
  *info = {};
  info->format_version = pith::container::kFormatVersion;
  info->level = record.header.level;
  info->block_size = record.header.block_size;
  info->decoder_memory = record.header.memory_bytes();
  info->raw_size = record.raw_size;
  info->coded_size = record.coded_size;
  info->blocks = record.blocks;
  info->prior_id = record.header.prior_id;
  info->model_id = record.header.model_id;
  std::copy(record.content_hash.begin(), record.content_hash.end(), info->content_hash);
  return PITH_OK;
}

int pith_reader_block_info(pith_reader* reader, uint64_t index, pith_block_info* info) {
  if (reader == nullptr) return PITH_ERR_PARAM;
  if (info == nullptr || index >= pith_reader_blocks(reader)) {
    return refuse(reader, "there is no such block");
  }
  return guarded(reader, [=] { return reader->reader.block_info(index, info); });
}

int pith_reader_read(pith_reader* reader, void* dst, size_t size, uint64_t offset, size_t* done) {
  if (done != nullptr) *done = 0;
  if (reader == nullptr) return PITH_ERR_PARAM;
  if (done == nullptr || (dst == nullptr && size != 0)) return refuse(reader, "no destination");
  return guarded(reader, [=] {
    return reader->reader.read({static_cast<uint8_t*>(dst), size}, offset, done);
  });
}

void pith_reader_error(const pith_reader* reader, pith_error* error) {
  pith::container::export_error(reader != nullptr ? reader->last : Status{}, error);
}
