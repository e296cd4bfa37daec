// Whole buffers, probing, names.
#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>

#include "container/base/checksum.h"
#include "stream.h"

namespace pith::test {
namespace {

Bytes compress(View raw, int level = 1) {
  Bytes out(pith_bound(raw.size()));
  size_t size = out.size();
  EXPECT_EQ(pith_compress(out.data(), &size, raw.data(), raw.size(), level), PITH_OK);
  out.resize(size);
  return out;
}

TEST(OneShot, IsTheStreamInOneCall) {
  for (size_t size : {0, 1, 1000, 20000}) {
    const Bytes raw = prose(size, 1);
    const Bytes coded = compress(raw, 2);
    EXPECT_EQ(coded, encoded(raw, {.level = 2}));
    Bytes back(size);
    size_t back_size = back.size();
    EXPECT_EQ(pith_decompress(back.data(), &back_size, coded.data(), coded.size()), PITH_OK);
    EXPECT_EQ(back_size, size);
    EXPECT_EQ(back, raw);
  }
}

TEST(OneShot, BoundHoldsAndRandomDataGrowsByATenthOfAPerCentAnd64Bytes) {
  for (size_t size : {1, 2, 5, 6, 127, 128, 255, 256, 300, 999, 1000, 1023, 4096, 16383, 16384,
                      30000, 70000, 1 << 20, 11 << 20}) {
    for (int level : {1, 3}) {
      const Bytes raw = noise(static_cast<size_t>(size), 1);
      const size_t coded = compress(raw, level).size();
      EXPECT_LE(coded, raw.size() + raw.size() / 1000 + 64) << size;
      EXPECT_LE(coded, pith_bound(raw.size()));
    }
  }
  EXPECT_EQ(pith_bound(SIZE_MAX), SIZE_MAX);
}

TEST(OneShot, EmptyInputIs35Bytes) {
  EXPECT_EQ(compress({}).size(), 35u);
  size_t size = 0;
  const Bytes coded = compress({});
  EXPECT_EQ(pith_decompress(nullptr, &size, coded.data(), coded.size()), PITH_OK);
}

TEST(OneShot, DestinationTooSmall) {
  const Bytes raw = prose(3000, 2);
  Bytes coded = compress(raw);
  for (size_t room = 0; room < coded.size(); room += 97) {
    Bytes out(room + 1);
    size_t size = room;
    EXPECT_EQ(pith_compress(out.data(), &size, raw.data(), raw.size(), 1), PITH_ERR_DST_TOO_SMALL);
    EXPECT_EQ(size, 0u);
  }
  const Bytes second = compress(prose(500, 3));
  coded.insert(coded.end(), second.begin(), second.end());
  Bytes out(3499);
  size_t size = out.size();
  EXPECT_EQ(pith_decompress(out.data(), &size, coded.data(), coded.size()), PITH_ERR_DST_TOO_SMALL);
  EXPECT_EQ(size, 3500u);
  out.resize(size);
  EXPECT_EQ(pith_decompress(out.data(), &size, coded.data(), coded.size()), PITH_OK);
}

TEST(OneShot, BadArguments) {
  uint8_t byte = 0;
  size_t size = 1;
  EXPECT_EQ(pith_compress(&byte, nullptr, &byte, 1, 1), PITH_ERR_PARAM);
  EXPECT_EQ(pith_compress(nullptr, &size, &byte, 1, 1), PITH_ERR_PARAM);
  size = 1;
  EXPECT_EQ(pith_compress(&byte, &size, nullptr, 1, 1), PITH_ERR_PARAM);
  size = 1;
  EXPECT_EQ(pith_compress(&byte, &size, &byte, 1, 0), PITH_ERR_PARAM);
  size = 1;
  EXPECT_EQ(pith_compress(&byte, &size, &byte, 1, 10), PITH_ERR_PARAM);
  size = 1;
  EXPECT_EQ(pith_decompress(&byte, &size, nullptr, 1), PITH_ERR_PARAM);
  size = 1;
  EXPECT_EQ(pith_decompress(&byte, &size, nullptr, 0), PITH_ERR_TRUNCATED);
}

TEST(Probe, HeaderAloneAndWholeFrame) {
  const Bytes raw = prose(9000, 4);
  const Bytes coded = encoded(raw, {.level = 3, .block_size = 4096});
  pith_info info;
  ASSERT_EQ(pith_probe(&info, coded.data(), 64), PITH_OK);
  EXPECT_EQ(info.level, 3);
  EXPECT_EQ(info.format_version, 1);
  EXPECT_EQ(info.block_size, 4096u);
  EXPECT_GT(info.decoder_memory, 2u * 4096);
  EXPECT_EQ(info.raw_size, PITH_UNKNOWN_POSITION);

  ASSERT_EQ(pith_probe(&info, coded.data(), coded.size()), PITH_OK);
  EXPECT_EQ(info.raw_size, raw.size());
  EXPECT_EQ(info.coded_size, coded.size());
  EXPECT_EQ(info.blocks, 3u);
  container::Hasher128 hasher;
  hasher.update(raw);
  EXPECT_EQ(std::memcmp(info.content_hash, hasher.digest().data(), 16), 0);

  EXPECT_EQ(pith_probe(&info, coded.data(), 5), PITH_ERR_TRUNCATED);
  EXPECT_EQ(pith_probe(&info, raw.data(), raw.size()), PITH_ERR_FORMAT);
}

TEST(Probe, AFrameOfOneBlockDeclaresItsOwnSize) {
  const Bytes raw = prose(5000, 5);
  pith_info info;
  const Bytes coded = encoded(raw, {.level = 4});
  ASSERT_EQ(pith_probe(&info, coded.data(), coded.size()), PITH_OK);
  EXPECT_EQ(info.block_size, raw.size());
  pith_level_info level;
  ASSERT_EQ(pith_level(4, &level), PITH_OK);
  EXPECT_LT(info.decoder_memory, level.decoder_memory);
}

TEST(Names, EveryStatusHasItsOwn) {
  std::set<std::string> names;
  std::set<std::string> texts;
  for (int status = PITH_ERR_INTERNAL; status <= PITH_END; ++status) {
    names.insert(pith_status_name(status));
    texts.insert(pith_status_text(status));
  }
  EXPECT_EQ(names.size(), 21u);
  EXPECT_EQ(texts.size(), 21u);
  EXPECT_EQ(names.count("PITH_UNKNOWN"), 0u);
  EXPECT_STREQ(pith_status_name(PITH_ERR_CHECKSUM), "PITH_ERR_CHECKSUM");
  for (int status : {2, -20, 12345, -12345}) {
    EXPECT_STREQ(pith_status_name(status), "PITH_UNKNOWN");
    EXPECT_NE(pith_status_text(status), nullptr);
  }
  EXPECT_STREQ(pith_version(), PITH_VERSION_STRING);
  EXPECT_NE(pith_kernel_name(), nullptr);
}

TEST(LooksIncompressible, WhatIsRandomAndLongEnoughToTell) {
  const Bytes random = noise(100000, 8);
  const Bytes text = prose(100000, 8);
  EXPECT_EQ(pith_looks_incompressible(random.data(), random.size()), 1);
  EXPECT_EQ(pith_looks_incompressible(random.data(), 255), 0);
  EXPECT_EQ(pith_looks_incompressible(text.data(), text.size()), 0);
  EXPECT_EQ(pith_looks_incompressible(nullptr, 0), 0);
  // Its first 64 KiB decide.
  Bytes both(random.begin(), random.begin() + (64 << 10));
  both.insert(both.end(), text.begin(), text.end());
  EXPECT_EQ(pith_looks_incompressible(both.data(), both.size()), 1);
}

TEST(Levels, TableIsSane) {
  pith_level_info info;
  EXPECT_EQ(pith_level(0, &info), PITH_ERR_PARAM);
  EXPECT_EQ(pith_level(10, &info), PITH_ERR_PARAM);
  for (int level = PITH_LEVEL_MIN; level <= PITH_LEVEL_MAX; ++level) {
    ASSERT_EQ(pith_level(level, &info), PITH_OK);
    EXPECT_EQ(info.level, level);
    EXPECT_GE(info.decoder_memory, 2 * info.block_size);
    EXPECT_GE(info.encoder_memory, 2 * info.block_size);
  }
}

}  // namespace
}  // namespace pith::test
