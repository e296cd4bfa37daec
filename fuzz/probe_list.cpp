// What listing does with any bytes: pith_probe(), and a reader asked for all it knows of frames and
// blocks without decoding any.
#include <cstdint>
#include <memory>

#include "container/base/checksum.h"
#include "fuzz/coder.h"
#include "tests/reader/archive.h"

using pith::fuzz::require;
using pith::fuzz::View;

namespace {

void list(const View& data) {
  pith::test::CountedMemory memory;
  const pith_allocator hooks = memory.hooks();
  const pith_source source = pith::fuzz::source_of(&data);
  int status = PITH_OK;
  pith_error error = {};
  const std::unique_ptr<pith_reader, decltype(&pith_reader_free)> reader(
      pith_reader_open(&source, &hooks, &status, &error), pith_reader_free);
  require((reader != nullptr) == (status == PITH_OK) && status == error.status,
          "a reader, or why there is none");
  // A few dozen bytes a block, and a block has two bytes in an index at least.
  require(memory.largest <= 100'000 + 64 * data.size(), "memory is in proportion to the file");
  if (reader == nullptr) return;

  uint64_t raw_size = 0;
  uint64_t coded_size = 0;
  uint64_t blocks = 0;
  for (uint64_t i = 0; i < pith_reader_frames(reader.get()); ++i) {
    pith_info info = {};
    require(pith_reader_frame_info(reader.get(), i, &info) == PITH_OK, "every frame is known");
    raw_size += info.raw_size;
    coded_size += info.coded_size;
    blocks += info.blocks;
  }
  require(raw_size == pith_reader_size(reader.get()), "frames add up to all raw bytes");
  require(blocks == pith_reader_blocks(reader.get()), "frames add up to all blocks");
  require(coded_size == data.size(), "frames add up to the file");
  uint64_t raw_end = 0;
  uint64_t coded_end = 0;
  for (uint64_t i = 0; i < blocks; ++i) {
    pith_block_info info = {};
    if (pith_reader_block_info(reader.get(), i, &info) != PITH_OK) break;
    require(info.raw_offset == raw_end && info.coded_offset >= coded_end,
            "blocks follow each other");
    raw_end = info.raw_offset + info.raw_size;
    coded_end = info.coded_offset + info.coded_size;
    require(raw_end <= raw_size && coded_end <= coded_size, "blocks are inside their file");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  pith_info info = {};
  const int status = pith_probe(&info, data, size);
  require(status == PITH_OK || status == PITH_ERR_FORMAT || status == PITH_ERR_VERSION ||
              status == PITH_ERR_CORRUPT || status == PITH_ERR_CHECKSUM ||
              status == PITH_ERR_TRUNCATED,
          "a probe gives a frame or what is wrong with its header");
  require(status != PITH_ERR_TRUNCATED || size < 64, "64 bytes are enough for a header");
  list({data, size});
  return 0;
}
