// What blocks are taken for.
#include "container/methods/content.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "corpora/generate.h"
#include "stream.h"

namespace pith::test {
namespace {

using container::detect_content;
using container::looks_incompressible;
using ngram::ContentKind;

TEST(Content, EmptyAndTiny) {
  EXPECT_EQ(detect_content({}), ContentKind::kText);
  EXPECT_EQ(detect_content(Bytes{'a'}), ContentKind::kText);
  EXPECT_EQ(detect_content(Bytes{0}), ContentKind::kBinary);
}

TEST(Content, ByKind) {
  const std::pair<const char*, ContentKind> expected[] = {
      {"prose", ContentKind::kText},
      {"log-access", ContentKind::kStructured},
      {"csv", ContentKind::kStructured},
  };
  for (const auto& [name, kind] : expected) {
    for (size_t size : {2000, 100000}) {
      const Bytes raw = corpus::generate(name, size, 1);
      ASSERT_EQ(raw.size(), size) << name;
      EXPECT_EQ(detect_content(raw), kind) << name << ' ' << size;
    }
  }
}

TEST(Content, Utf8OfAnyScriptIsNotBinary) {
  for (const corpus::Kind& kind : corpus::kinds()) {
    if (kind.encoding != corpus::Encoding::kUtf8 || kind.name == "zeros") continue;
    const ContentKind seen = detect_content(corpus::generate(kind, 30000, 3));
    EXPECT_TRUE(seen == ContentKind::kText || seen == ContentKind::kStructured) << kind.name;
  }
}

TEST(Content, RandomAndCompressedAreIncompressible) {
  for (size_t size : {256, 1000, 4096, 65536, 300000}) {
    for (uint64_t seed = 0; seed < 40; ++seed) {
      const Bytes random = noise(size, seed);
      EXPECT_EQ(detect_content(random), ContentKind::kIncompressible) << size << ' ' << seed;
      EXPECT_TRUE(looks_incompressible(random)) << size << ' ' << seed;
    }
  }
  const Bytes text = prose(400000, 1);
  Bytes packed(ZSTD_compressBound(text.size()));
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 19));
  EXPECT_TRUE(looks_incompressible(packed));
}

// Each of these looks random to a count of bytes alone, or to a part of it, and is not.
TEST(Content, CompressibleDataIsNeverCalledIncompressible) {
  Bytes counter(100000);
  for (size_t i = 0; i < counter.size(); ++i) counter[i] = static_cast<uint8_t>(i);
  Bytes strided(100000);
  for (size_t i = 0; i < strided.size(); ++i) strided[i] = static_cast<uint8_t>(i * 77 + i / 256);
  Bytes paired = noise(100000, 1);
  for (size_t i = 1; i < paired.size(); i += 2)
    paired[i] = static_cast<uint8_t>(paired[i - 1] ^ 0x55);
  Bytes twice = noise(400000, 2);
  twice.insert(twice.end(), twice.begin(), twice.end());
  Bytes seven_bits = noise(100000, 3);
  for (uint8_t& byte : seven_bits) byte &= 0x7F;
  Bytes half = noise(300000, 4);
  const Bytes text = prose(100000, 5);
  half.insert(half.end(), text.begin(), text.end());
  for (const Bytes* raw : {&counter, &strided, &paired, &twice, &seven_bits, &half}) {
    EXPECT_NE(detect_content(*raw), ContentKind::kIncompressible);
  }
  for (const corpus::Kind& kind : corpus::kinds()) {
    const Bytes raw = corpus::generate(kind, 50000, 6);
    Bytes packed(ZSTD_compressBound(raw.size()));
    const size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 19);
    if (size * 100 < raw.size() * 97) {
      EXPECT_NE(detect_content(raw), ContentKind::kIncompressible) << kind.name;
    }
  }
}

}  // namespace
}  // namespace pith::test
