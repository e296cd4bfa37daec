// Fixed-width integers and minimal varints (docs/format.md, introduction), bounds-checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "container/base/status.h"

namespace pith::container {

inline constexpr size_t kVarintMax = 10;  // bytes of the longest varint

// a + b, or false if it overflows. For sizes read from a file.
[[nodiscard]] inline bool checked_add(uint64_t a, uint64_t b, uint64_t* sum) {
  *sum = a + b;
  return *sum >= a;
}

[[nodiscard]] inline size_t varint_size(uint64_t value) {
  size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

// Appends to memory that the caller made large enough.
class ByteWriter {
 public:
  explicit ByteWriter(std::span<uint8_t> out) : out_(out) {}

  void bytes(std::span<const uint8_t> value) {
    for (uint8_t byte : value) out_[size_++] = byte;
  }
  void u8(uint8_t value) { out_[size_++] = value; }
  void u32(uint32_t value) { fixed(value, 4); }
  void u64(uint64_t value) { fixed(value, 8); }
  void varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) u8(static_cast<uint8_t>(value | 0x80));
    u8(static_cast<uint8_t>(value));
  }

  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] std::span<const uint8_t> written() const { return out_.first(size_); }

 private:
  void fixed(uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i) u8(static_cast<uint8_t>(value >> (8 * i)));
  }

  std::span<uint8_t> out_;
  size_t size_ = 0;
};

// Reads untrusted bytes. Each read is need_more() at the end of the data; a varint may also be
// PITH_ERR_CORRUPT.
class ByteReader {
 public:
  explicit ByteReader(std::span<const uint8_t> in) : in_(in) {}

  Status take(size_t size, std::span<const uint8_t>* bytes) {
    if (in_.size() - pos_ < size) return Status::need_more(pos_ + size);
    *bytes = in_.subspan(pos_, size);
    pos_ += size;
    return {};
  }
  Status u8(uint8_t* value) {
    std::span<const uint8_t> bytes;
    PITH_TRY(take(1, &bytes));
    *value = bytes[0];
    return {};
  }
  Status u32(uint32_t* value) {
    uint64_t wide = 0;
    PITH_TRY(fixed(4, &wide));
    *value = static_cast<uint32_t>(wide);
    return {};
  }
  Status u64(uint64_t* value) { return fixed(8, value); }
  Status varint(uint64_t* value) {
    *value = 0;
    for (unsigned i = 0;; ++i) {
      uint8_t byte = 0;
      PITH_TRY(u8(&byte));
      PITH_CHECK(i < kVarintMax - 1 || byte <= 1, PITH_ERR_CORRUPT, "a varint exceeds 64 bits");
      *value |= static_cast<uint64_t>(byte & 0x7F) << (7 * i);
      if (byte < 0x80) {
        PITH_CHECK(byte != 0 || i == 0, PITH_ERR_CORRUPT, "a varint is longer than it need be");
        return {};
      }
    }
  }

  [[nodiscard]] size_t pos() const { return pos_; }
  [[nodiscard]] size_t remaining() const { return in_.size() - pos_; }

 private:
  Status fixed(unsigned width, uint64_t* value) {
    std::span<const uint8_t> bytes;
    PITH_TRY(take(width, &bytes));
    *value = 0;
    for (unsigned i = 0; i < width; ++i) *value |= static_cast<uint64_t>(bytes[i]) << (8 * i);
    return {};
  }

  std::span<const uint8_t> in_;
  size_t pos_ = 0;
};

}  // namespace pith::container
