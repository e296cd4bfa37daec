// C API: random access.
#include <algorithm>

#include "container/api/api_model.h"
#include "container/api/api_object.h"
#include "container/api/api_prior.h"
#include "container/coding/frame_info.h"
#include "container/reader/reader.h"

using pith::container::FrameRecord;
using pith::container::guarded;
using pith::container::HookResource;
using pith::container::Reader;
using pith::container::Status;

struct pith_reader {
  explicit pith_reader(const pith_allocator* allocator) : resource(allocator), reader(&resource) {}

  // Keeps an error for pith_reader_error. None is fatal: other ranges may still be read.
  int keep(const Status& status) {
    if (!status.ok()) last = status;
    return status.code;
  }

  HookResource resource;
  Reader reader;
  Status last;
};

pith_reader* pith_reader_open(const pith_source* source, const pith_allocator* allocator,
                              int* status, pith_error* error) {
  pith_reader* reader = nullptr;
  Status result;
  if (source == nullptr || source->pread == nullptr) {
    result = Status::error(PITH_ERR_PARAM, "no source to read from");
  } else if (reader = pith::container::create_object<pith_reader>(allocator); reader == nullptr) {
    result = Status::error(PITH_ERR_MEMORY, nullptr);
  } else {
    result = guarded([&] { return reader->reader.open(*source); });
  }
  if (status != nullptr) *status = result.code;
  pith::container::export_error(result, error);
  if (result.ok()) return reader;
  pith_reader_free(reader);
  return nullptr;
}

void pith_reader_free(pith_reader* reader) { pith::container::destroy_object(reader); }

int pith_reader_set(pith_reader* reader, pith_param param, uint64_t value) {
  if (reader == nullptr) return PITH_ERR_PARAM;
  return reader->keep(guarded([&] { return reader->reader.set(param, value); }));
}

int pith_reader_set_prior(pith_reader* reader, const pith_prior* prior) {
  if (reader == nullptr) return PITH_ERR_PARAM;
  reader->reader.set_prior(pith::container::prior_of(prior));
  return PITH_OK;
}

int pith_reader_set_model(pith_reader* reader, const pith_model* model) {
  if (reader == nullptr) return PITH_ERR_PARAM;
  reader->reader.set_network(pith::container::network_of(model));
  return PITH_OK;
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
  *info = pith::container::frame_info(record.header);
  info->raw_size = record.raw_size;
  info->coded_size = record.coded_size;
  info->blocks = record.blocks;
  std::copy(record.content_hash.begin(), record.content_hash.end(), info->content_hash);
  return PITH_OK;
}

int pith_reader_block_info(pith_reader* reader, uint64_t index, pith_block_info* info) {
  if (reader == nullptr) return PITH_ERR_PARAM;
  if (info == nullptr || index >= pith_reader_blocks(reader)) {
    return reader->keep(Status::error(PITH_ERR_PARAM, "there is no such block"));
  }
  return reader->keep(guarded([&] { return reader->reader.block_info(index, info); }));
}

int pith_reader_read(pith_reader* reader, void* dst, size_t size, uint64_t offset, size_t* done) {
  if (done != nullptr) *done = 0;
  if (reader == nullptr) return PITH_ERR_PARAM;
  if (done == nullptr || (dst == nullptr && size != 0)) {
    return reader->keep(Status::error(PITH_ERR_PARAM, "no destination"));
  }
  return reader->keep(guarded([&] {
    return reader->reader.read({static_cast<uint8_t*>(dst), size}, offset, done);
  }));
}

void pith_reader_error(const pith_reader* reader, pith_error* error) {
  pith::container::export_error(
      reader != nullptr ? reader->last : Status::error(PITH_ERR_PARAM, nullptr), error);
}
