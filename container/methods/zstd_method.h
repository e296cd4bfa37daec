// The zstd block method: one plain zstd frame a block. All memory is the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace pith::container {

// Bytes of working memory for zstd_encode at the method's own (high) and quick (probing)
// compression level.
[[nodiscard]] size_t zstd_encode_memory(size_t raw_size);
[[nodiscard]] size_t zstd_probe_memory(size_t raw_size);
// Bytes of working memory for zstd_decode, whatever the block.
[[nodiscard]] size_t zstd_decode_memory();

// Codes raw into coded with a window that spans the block. Returns the coded size, 0 if it does not
// fit in coded. memory: zstd_encode_memory() bytes, 64-byte aligned, any content.
[[nodiscard]] size_t zstd_encode(std::span<const uint8_t> raw, std::span<uint8_t> coded,
                                 std::span<uint8_t> memory);

// Size that zstd's fastest ordinary level gives, 0 if it does not fit in scratch. memory:
// zstd_probe_memory().
[[nodiscard]] size_t zstd_probe(std::span<const uint8_t> raw, std::span<uint8_t> scratch,
                                std::span<uint8_t> memory);

// Decodes exactly one zstd frame of exactly raw.size() bytes; false for anything else. memory:
// zstd_decode_memory() bytes, 64-byte aligned; the window is raw itself, whatever the frame says of
// it.
[[nodiscard]] bool zstd_decode(std::span<const uint8_t> coded, std::span<uint8_t> raw,
                               std::span<uint8_t> memory);

}  // namespace pith::container
