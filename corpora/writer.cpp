#include "corpora/writer.h"

namespace pith::corpus {

void Writer::decimal(uint64_t value, int min_digits) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  for (int i = count; i < min_digits; ++i) byte('0');
  while (count > 0) byte(static_cast<uint8_t>(digits[--count]));
}

void Writer::hex(uint64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i) {
    byte(static_cast<uint8_t>("0123456789abcdef"[(value >> (4 * i)) & 15]));
  }
}

void Writer::utf8(uint32_t code_point) {
  const auto tail = [&](int shift) {
    byte(static_cast<uint8_t>(0x80 | ((code_point >> shift) & 0x3F)));
  };
  if (code_point < 0x80) {
    byte(static_cast<uint8_t>(code_point));
  } else if (code_point < 0x800) {
    byte(static_cast<uint8_t>(0xC0 | (code_point >> 6)));
    tail(0);
  } else if (code_point < 0x10000) {
    byte(static_cast<uint8_t>(0xE0 | (code_point >> 12)));
    tail(6);
    tail(0);
  } else {
    byte(static_cast<uint8_t>(0xF0 | (code_point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace pith::corpus
