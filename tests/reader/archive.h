// Archives made block by block, so that a test knows where every byte lies.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "container/format/format.h"
#include "pith/pith.h"

namespace pith::test {

using Bytes = std::vector<uint8_t>;

struct Range {
  uint64_t begin = 0;
  uint64_t end = 0;
  [[nodiscard]] uint64_t size() const { return end - begin; }
  bool operator==(const Range&) const = default;
};

struct BlockSpan {
  Range coded;  // in the archive, header and payload
  Range raw;    // in its frame
};

struct FrameSpan {
  Range header;
  std::vector<BlockSpan> blocks;
  Range footer;
  uint64_t raw_offset = 0;  // over all frames
  uint64_t raw_size = 0;
};

struct Archive {
  Bytes coded;
  Bytes raw;
  std::vector<FrameSpan> frames;

  // Appends a frame with these raw blocks, coded at a level.
  void add_frame(const std::vector<Bytes>& blocks, int level = 1);
};

// ---- Content, from a seed
// ------------------------------------------------------------------------------
Bytes random_bytes(size_t size, uint64_t seed);  // stored
Bytes repeated_text(size_t size,
                    uint64_t seed);       // long repeats: zstd at the fast levels, if long enough
Bytes words(size_t size, uint64_t seed);  // n-gram
// One of the three, by the seed.
Bytes some_content(size_t size, uint64_t seed);

// ---- Sources
// -------------------------------------------------------------------------------------------
// Compressed data in memory, read in pieces of at most max_read bytes; can be told to fail.
struct MemorySource {
  explicit MemorySource(Bytes data) : bytes(std::move(data)) {}

  Bytes bytes;
  size_t max_read = SIZE_MAX;
  int64_t fail_call = -1;  // number of the call that fails, from 0
  int error = 5;           // its errno
  int64_t calls = 0;

  [[nodiscard]] pith_source source();
};

// ---- Memory
// --------------------------------------------------------------------------------------------
// Allocator hooks that count, and can be told to fail. Threads may call them at once.
struct CountedMemory {
  std::atomic<size_t> in_use = 0;   // bytes
  std::atomic<size_t> largest = 0;  // bytes ever in use at once
  std::atomic<size_t> allocations = 0;
  size_t fail_at = SIZE_MAX;  // number of the allocation that fails, from 0

  [[nodiscard]] pith_allocator hooks();
};

}  // namespace pith::test
