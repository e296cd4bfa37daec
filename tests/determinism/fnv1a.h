// FNV-1a over bytes or whole numbers, so that it does not depend on the order of bytes in memory.
#pragma once

#include <cstdint>
#include <span>

namespace pith::test {

class Fnv1a {
 public:
  void add(uint64_t number) { value_ = (value_ ^ number) * 0x100000001B3u; }

  // Numbers one by one; signed ones as they are extended to 64 bits.
  template <class Number>
  void add(std::span<const Number> numbers) {
    for (const Number number : numbers) add(static_cast<uint64_t>(int64_t{number}));
  }

  [[nodiscard]] uint64_t value() const { return value_; }

 private:
  uint64_t value_ = 0xCBF29CE484222325u;
};

}  // namespace pith::test
