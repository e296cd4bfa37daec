#include "codec/range_coder.h"

namespace pith::codec {

void RangeEncoder::encode_symbol(uint32_t low, uint32_t high) {
  const uint64_t unit = range_ >> kProbBits;
  const uint64_t skip = unit * low;
  range_ = high == kProbOne ? range_ - skip : unit * (high - low);
  advance(skip);
}

size_t RangeEncoder::finish() {
  // The value in [low, low + range) with the most trailing zero bytes.
  const uint64_t last = low_ + (range_ - 1);
  uint64_t value = 0;
  if (last < low_) {
    carry();  // 2^64 itself lies inside
  } else {
    for (int kept = 0; kept <= 64; kept += 8) {
      value = kept == 0 ? 0 : last & ~uint64_t{0} << (64 - kept);
      if (value >= low_) break;
    }
  }
  // Zeros written before stay, though a decoder would supply them: it could no longer tell a code
  // that was cut short, which is one that needs more than 8 bytes beyond its end.
  for (; value != 0; value <<= 8) put(static_cast<uint8_t>(value >> 56));
  return static_cast<size_t>(next_ - begin_);
}

void RangeEncoder::carry() {
  for (uint8_t* p = next_; p > begin_ && ++*--p == 0;) {
  }
}

uint32_t RangeDecoder::symbol_point() const {
  const uint64_t point = code_ / (range_ >> kProbBits);
  return point < kProbOne ? static_cast<uint32_t>(point) : kProbOne - 1;
}

void RangeDecoder::take_symbol(uint32_t low, uint32_t high) {
  const uint64_t unit = range_ >> kProbBits;
  const uint64_t skip = unit * low;
  range_ = high == kProbOne ? range_ - skip : unit * (high - low);
  code_ -= skip;
  normalise();
}

}  // namespace pith::codec
