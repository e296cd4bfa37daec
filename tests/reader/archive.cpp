#include "archive.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory_resource>
#include <random>
#include <stdexcept>

#include "container/base/allocator.h"
#include "container/base/checksum.h"
#include "container/coding/block_codec.h"
#include "container/coding/block_memory.h"

namespace pith::test {

using namespace pith::container;

void Archive::add_frame(const std::vector<Bytes>& blocks, int level) {
  HookResource resource(nullptr);
  BlockWorkspace workspace(&resource);
  Buffer room(&resource);
  IndexWriter index(&resource);
  Hasher128 content;

  FrameHeader header;
  header.level = static_cast<uint8_t>(level);
  for (const Bytes& block : blocks) {
    header.block_size = std::max(header.block_size, static_cast<uint32_t>(block.size()));
  }
  if (!blocks.empty()) {
    header.memory_kib = (frame_decode_memory(level, header.block_size) + 1023) / 1024;
  }
  const auto append = [this](std::span<const uint8_t> bytes) {
    Range range{coded.size(), coded.size() + bytes.size()};
    coded.insert(coded.end(), bytes.begin(), bytes.end());
    return range;
  };

  FrameSpan frame;
  frame.raw_offset = raw.size();
  const auto header_bytes = serialise(header);
  frame.header = append(header_bytes.span());
  for (const Bytes& block : blocks) {
    EncodedBlock encoded;
    const EncodeOptions options{.level = level};
    if (!encode_block(block, options, &room, &workspace, nullptr, &encoded).ok()) {
      throw std::runtime_error("encode_block failed");
    }
    encoded.header.raw_offset = frame.raw_size;
    BlockSpan span;
    span.coded = append(serialise(encoded.header).span());
    span.coded.end = append(encoded.payload).end;
    span.raw = {frame.raw_size, frame.raw_size + block.size()};
    if (!index.add({span.coded.size(), block.size()}).ok()) throw std::runtime_error("index");
    content.update(block);
    raw.insert(raw.end(), block.begin(), block.end());
    frame.raw_size += block.size();
    frame.blocks.push_back(span);
  }
  frame.footer = append(index.footer(header_bytes.size, content.digest()));
  frames.push_back(std::move(frame));
}

Bytes random_bytes(size_t size, uint64_t seed) {
  std::mt19937_64 random(seed);
  Bytes bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

Bytes words(size_t size, uint64_t seed) {
  static constexpr const char* kWords[] = {"the ",    "reader ", "opens ", "a ",
                                           "block, ", "and ",    "then ",  "another.\n",
                                           "Frames ", "follow ", "index "};
  std::mt19937_64 random(seed);
  Bytes bytes;
  while (bytes.size() < size) {
    const char* word = kWords[random() % std::size(kWords)];
    bytes.insert(bytes.end(), word, word + std::strlen(word));
  }
  bytes.resize(size);
  return bytes;
}

Bytes repeated_text(size_t size, uint64_t seed) {
  const Bytes unit = words(100 + seed % 50, seed);
  Bytes bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = unit[i % unit.size()];
  return bytes;
}

Bytes some_content(size_t size, uint64_t seed) {
  switch (seed % 3) {
    case 0:
      return random_bytes(size, seed);
    case 1:
      return repeated_text(size, seed);
    default:
      return words(size, seed);
  }
}

pith_source MemorySource::source() {
  const auto pread = [](void* opaque, void* dst, size_t size, uint64_t offset) -> int64_t {
    auto* self = static_cast<MemorySource*>(opaque);
    if (self->calls++ == self->fail_call) return -self->error;
    if (offset >= self->bytes.size()) return 0;
    const size_t n =
        std::min({size, self->max_read, self->bytes.size() - static_cast<size_t>(offset)});
    std::memcpy(dst, self->bytes.data() + offset, n);
    return static_cast<int64_t>(n);
  };
  return {pread, this, bytes.size()};
}

pith_allocator CountedMemory::hooks() {
  // The size is kept in front of what the caller gets.
  static constexpr size_t kHead = 64;
  const auto alloc = [](void* opaque, size_t size) -> void* {
    auto* self = static_cast<CountedMemory*>(opaque);
    if (self->allocations++ == self->fail_at) return nullptr;
    auto* memory = static_cast<uint8_t*>(std::malloc(size + kHead));
    if (memory == nullptr) return nullptr;
    std::memcpy(memory, &size, sizeof size);
    const size_t now = self->in_use += size;
    size_t peak = self->largest;
    while (peak < now && !self->largest.compare_exchange_weak(peak, now)) {
    }
    return memory + kHead;
  };
  const auto release = [](void* opaque, void* address) {
    uint8_t* memory = static_cast<uint8_t*>(address) - kHead;
    size_t size = 0;
    std::memcpy(&size, memory, sizeof size);
    static_cast<CountedMemory*>(opaque)->in_use -= size;
    std::free(memory);
  };
  return {alloc, release, this};
}

}  // namespace pith::test
