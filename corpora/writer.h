// The byte buffer that generators write into: takes everything up to its limit and drops the rest,
// so that a generator may finish its sentence and look at full() now and then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace pith::corpus {

class Writer {
 public:
  explicit Writer(size_t limit) : limit_(limit) { bytes_.reserve(limit); }

  [[nodiscard]] bool full() const { return bytes_.size() >= limit_; }
  [[nodiscard]] size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::span<const uint8_t> bytes() const { return bytes_; }
  [[nodiscard]] std::vector<uint8_t> take() { return std::move(bytes_); }

  void byte(uint8_t value) {
    if (!full()) bytes_.push_back(value);
  }
  void repeat(uint8_t value, size_t count) {
    for (size_t i = 0; i < count && !full(); ++i) bytes_.push_back(value);
  }
  void text(std::string_view text) {
    for (const char c : text) byte(static_cast<uint8_t>(c));
  }
  void raw(std::span<const uint8_t> data) {
    for (const uint8_t value : data) byte(value);
  }
  // Little-endian, width bytes.
  void integer(uint64_t value, int width) {
    for (int i = 0; i < width; ++i) byte(static_cast<uint8_t>(value >> (8 * i)));
  }

  void decimal(uint64_t value, int min_digits = 1);
  void hex(uint64_t value, int digits);
  void utf8(uint32_t code_point);  // encodes any value below 0x110000, surrogates included

 private:
  std::vector<uint8_t> bytes_;
  size_t limit_;
};

}  // namespace pith::corpus
