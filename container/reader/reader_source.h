// Positioned reads from a pith_source, whose callback is trusted with nothing but memory safety.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "container/base/status.h"
#include "pith/pith.h"

namespace pith::container {

class SourceReader {
 public:
  SourceReader() = default;  // no data
  explicit SourceReader(const pith_source& source) : source_(source) {}

  // Of the compressed data, bytes.
  [[nodiscard]] uint64_t size() const { return source_.size; }

  // Fills dst from offset on. PITH_ERR_IO where the callback fails or answers nonsense,
  // PITH_ERR_TRUNCATED where the data ends before dst is full.
  Status read(std::span<uint8_t> dst, uint64_t offset) const;

  // As read(), but of as many bytes as there are: *got = the first bytes of dst, fewer than all
  // only at the end of the data.
  Status read_some(std::span<uint8_t> dst, uint64_t offset, std::span<const uint8_t>* got) const;

 private:
  pith_source source_{};
};

}  // namespace pith::container
