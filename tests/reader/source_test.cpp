// Reads from a source whose callback is trusted with nothing: short answers are asked on, what is
// beyond the end is told, nonsense is an error of input.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "container/reader/reader_source.h"

namespace pith::container {
namespace {

constexpr uint64_t kSize = 100;  // bytes of the data, each its own offset

// Answers as it is told, whatever it was asked.
struct Answer {
  int64_t n = 0;
  uint64_t calls = 0;

  [[nodiscard]] SourceReader reader() {
    return SourceReader({[](void* opaque, void*, size_t, uint64_t) {
                           ++static_cast<Answer*>(opaque)->calls;
                           return static_cast<Answer*>(opaque)->n;
                         },
                         this, kSize});
  }
};

SourceReader honest_reader() {
  return SourceReader({[](void*, void* dst, size_t size, uint64_t offset) -> int64_t {
                         const size_t count = std::min<size_t>(size, 7);  // never more at once
                         for (size_t i = 0; i < count; ++i) {
                           static_cast<uint8_t*>(dst)[i] = static_cast<uint8_t>(offset + i);
                         }
                         return static_cast<int64_t>(count);
                       },
                       nullptr, kSize});
}

TEST(SourceReader, AsksOnAfterShortAnswers) {
  std::array<uint8_t, 50> bytes{};
  ASSERT_TRUE(honest_reader().read(bytes, 30).ok());
  for (size_t i = 0; i < bytes.size(); ++i) EXPECT_EQ(bytes[i], 30 + i);
}

TEST(SourceReader, WhatIsBeyondTheEndIsMissing) {
  const SourceReader reader = honest_reader();
  std::array<uint8_t, 10> bytes{};
  std::span<const uint8_t> got;
  for (const uint64_t offset : {uint64_t{0}, kSize - 10, kSize - 9, kSize - 1, kSize, kSize + 1,
                                std::numeric_limits<uint64_t>::max()}) {
    const uint64_t there = offset < kSize ? std::min<uint64_t>(kSize - offset, 10) : 0;
    ASSERT_TRUE(reader.read_some(bytes, offset, &got).ok()) << offset;
    EXPECT_EQ(got.size(), there) << offset;
    for (size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i], offset + i);
    const Status status = reader.read(bytes, offset);
    EXPECT_EQ(status.code, there == 10 ? PITH_OK : PITH_ERR_TRUNCATED) << offset;
    if (!status.ok()) {
      EXPECT_EQ(status.offset, kSize);
    }
  }
}

TEST(SourceReader, NonsenseIsAnErrorOfInputThatSaysWhere) {
  std::array<uint8_t, 10> bytes{};
  // More than was asked for, nothing, and a number that no errno can be.
  for (const int64_t n : {int64_t{11}, int64_t{0}, std::numeric_limits<int64_t>::max(),
                          std::numeric_limits<int64_t>::min()}) {
    Answer answer{n};
    const Status status = answer.reader().read(bytes, 20);
    EXPECT_EQ(status.code, PITH_ERR_IO) << n;
    EXPECT_EQ(status.offset, 20u);
    EXPECT_EQ(status.sys_errno, 0) << n;
    EXPECT_EQ(answer.calls, 1u);
  }
  Answer failing{-28};
  const Status status = failing.reader().read(bytes, 20);
  EXPECT_EQ(status.code, PITH_ERR_IO);
  EXPECT_EQ(status.sys_errno, 28);
}

}  // namespace
}  // namespace pith::container
