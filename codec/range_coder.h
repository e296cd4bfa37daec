// Binary and multi-symbol range coder over 24-bit probabilities.
//
// A range coder after G. N. N. Martin (1979) with a 64-bit low and range. The range is kept at or
// above 2^48 by shifting out 16 bits at a time, so that splitting it by a 24-bit probability loses
// less than 2^-24 of it, and the (hardly predictable) renormalisation branch is taken once in 16
// bits of output. A carry out of low is added to the bytes already written. Bit 1 takes the lower
// part of the range.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/logistic.h"

namespace pith::codec {

inline constexpr uint64_t kMinRange = uint64_t{1} << 48;

class RangeEncoder {
 public:
  // Writes into dst, which outlives the encoder. Writing past its end sets overflowed() and is not
  // done.
  [[gnu::always_inline]] explicit RangeEncoder(std::span<uint8_t> dst)
      : begin_(dst.data()), next_(dst.data()), end_(dst.data() + dst.size()) {}

  // Codes a bit. p1: probability of 1 in 1/2^24, in [1, 2^24 - 1].
  [[gnu::always_inline]] void encode(uint32_t bit, uint32_t p1) {
    const uint64_t bound = (range_ >> kProbBits) * p1;
    // Without branches: the bit is what cannot be foreseen.
    const uint64_t zero = uint64_t{bit} - 1;  // all ones for a 0
    range_ = (bound & ~zero) | ((range_ - bound) & zero);
    advance(bound & zero);
  }

  // Codes the symbol that owns [low, high) of a cumulative table with total 2^24; low < high. The
  // part of the range that the division leaves over goes to the symbol that ends at 2^24.
  void encode_symbol(uint32_t low, uint32_t high);

  // Ends the code with the fewest bytes that, continued by zeros, stay in the range. Returns the
  // size in bytes, which may be 0. A decoder reads at most 8 bytes beyond it.
  size_t finish();

  [[nodiscard]] [[gnu::always_inline]] bool overflowed() const { return overflowed_; }
  // Bytes written so far; the code of what was encoded may end up to 8 bytes later.
  [[nodiscard]] size_t written() const { return static_cast<size_t>(next_ - begin_); }

 private:
  [[gnu::always_inline]] void advance(uint64_t skip) {
    low_ += skip;
    if (low_ < skip) [[unlikely]]
      carry();
    while (range_ < kMinRange) [[unlikely]] {
        put(static_cast<uint8_t>(low_ >> 56));
        put(static_cast<uint8_t>(low_ >> 48));
        low_ <<= 16;
        range_ <<= 16;
      }
  }

  [[gnu::always_inline]] void put(uint8_t byte) {
    if (next_ == end_) [[unlikely]] {
      overflowed_ = true;
    } else {
      *next_++ = byte;
    }
  }

  // Adds one to the number written so far. It is below one, so there is always a byte that takes
  // the carry.
  void carry();

  uint64_t low_ = 0;
  uint64_t range_ = ~uint64_t{0};
  uint8_t* begin_;
  uint8_t* next_;
  uint8_t* end_;
  bool overflowed_ = false;
};

class RangeDecoder {
 public:
  // Reads from src, which outlives the decoder; zeros follow its end.
  [[gnu::always_inline]] explicit RangeDecoder(std::span<const uint8_t> src)
      : next_(src.data()), end_(src.data() + src.size()) {
    for (int i = 0; i < 8; ++i) code_ = (code_ << 8) | get();
  }

  // p1: probability of 1 in 1/2^24, in [1, 2^24 - 1].
  [[gnu::always_inline]] uint32_t decode(uint32_t p1) {
    const uint64_t bound = (range_ >> kProbBits) * p1;
    const uint32_t bit = code_ < bound ? 1 : 0;
    code_ -= bit ? 0 : bound;
    range_ = bit ? bound : range_ - bound;
    normalise();
    return bit;
  }

  // The point in [0, 2^24) that lies in the next symbol's part of a cumulative table with total
  // 2^24.
  [[nodiscard]] uint32_t symbol_point() const;

  // Takes the symbol that owns [low, high), which holds symbol_point().
  void take_symbol(uint32_t low, uint32_t high);

  // Bytes read past the end of src. A whole code needs at most 8.
  [[nodiscard]] [[gnu::always_inline]] size_t overrun() const { return overrun_; }

 private:
  [[gnu::always_inline]] void normalise() {
    while (range_ < kMinRange) [[unlikely]] {
        code_ = (code_ << 8) | get();
        code_ = (code_ << 8) | get();
        range_ <<= 16;
      }
  }

  [[gnu::always_inline]] uint64_t get() {
    if (next_ < end_) [[likely]]
      return *next_++;
    ++overrun_;
    return 0;
  }

  uint64_t code_ = 0;  // the number read, less low
  uint64_t range_ = ~uint64_t{0};
  const uint8_t* next_;
  const uint8_t* end_;
  size_t overrun_ = 0;
};

}  // namespace pith::codec
