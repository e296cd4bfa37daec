// Memory as the n-gram method asks for it: 64-byte aligned, of any content.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pith::test {

class BlockMemory {
 public:
  explicit BlockMemory(size_t size, uint8_t content = 0xA5) : lines_((size + 63) / 64) {
    fill(content);
  }

  void fill(uint8_t content) { std::ranges::fill(bytes(), content); }

  [[nodiscard]] std::span<uint8_t> bytes() {
    return {reinterpret_cast<uint8_t*>(lines_.data()), lines_.size() * sizeof(Line)};
  }
  [[nodiscard]] uint8_t* data() { return bytes().data(); }

 private:
  struct alignas(64) Line {
    uint8_t byte[64];
  };
  std::vector<Line> lines_;
};

}  // namespace pith::test
