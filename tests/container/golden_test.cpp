// The test vectors of docs/format.md section 9, byte by byte.
#include <gtest/gtest.h>

#include <string_view>

#include "stream.h"

namespace pith::test {
namespace {

// Hexadecimal digits; spaces are for the reader.
Bytes from_hex(std::string_view digits) {
  Bytes bytes;
  unsigned value = 1;
  for (char digit : digits) {
    if (digit == ' ') continue;
    value = value << 4 | static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    if (value < 0x100) continue;
    bytes.push_back(static_cast<uint8_t>(value));
    value = 1;
  }
  return bytes;
}

void expect_golden(const Bytes& raw, int level, std::string_view coded) {
  EXPECT_EQ(encoded(raw, {.level = level}), from_hex(coded));
  const Result back = decode(from_hex(coded), {});
  EXPECT_EQ(back.status, PITH_END);
  EXPECT_EQ(back.bytes, raw);
}

TEST(Golden, EmptyFrame) {
  expect_golden({}, 3,
                "89706974680d0a1a 01 00 03 00 00 a62c555c"
                "b770690a 11 00 37ccc6e8 0a000000 68746970");
}

TEST(Golden, StoredBlock) {
  expect_golden({0x00, 0x01, 0x02, 0x03}, 1,
                "89706974680d0a1a 01 00 01 04 11 2a5269f4"
                "b770620a 20 01 00 04 04 f21182a536b0da60 0313125f 00010203"
                "b770690a 11 01 19 04 3d856a12 0c000000 68746970");
}

// Compressed forms may differ between versions of zstd; decoding this one may not.
TEST(Golden, ZstdBlockIsDecoded) {
  const Bytes raw(2000, 'a');
  const Bytes coded = from_hex(
      "89706974680d0a1a 01 00 01 d00f 9201 5a7112c7"
      "b770620a 01 01 00 d00f 11 7c4be391307a136c 429522d6 c3d7426f"
      "28b52ffd 00 08 450000 08 61 0100ccff4008"
      "b770690a 13 01 2b d00f 7a206569ef970dac6c137a3091e34b7c 73527b38 1d000000 68746970");
  const Result back = decode(coded, {});
  EXPECT_EQ(back.status, PITH_END);
  EXPECT_EQ(back.bytes, raw);
}

}  // namespace
}  // namespace pith::test
