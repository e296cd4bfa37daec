// The generator gives the same bytes everywhere, and what its kinds promise.
#include "corpora/generate.h"

#include <gtest/gtest.h>
#include <xxhash.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace pith::corpus {
namespace {

constexpr size_t kGoldenSize = 20'000;
constexpr uint64_t kGoldenSeed = 1;

// Name of the kind -> XXH3-64 of its golden bytes in hexadecimal.
std::map<std::string, std::string> golden_hashes() {
  std::ifstream file(PITH_GOLDEN_FILE);
  std::map<std::string, std::string> hashes;
  std::string name;
  std::string hash;
  while (file >> name >> hash) hashes[name] = hash;
  return hashes;
}

std::string hash_of(const std::vector<uint8_t>& bytes) {
  char text[17];
  std::snprintf(text, sizeof(text), "%016" PRIx64,
                static_cast<uint64_t>(XXH3_64bits(bytes.data(), bytes.size())));
  return text;
}

// The first byte that is not part of valid UTF-8, or the size. By the table of the Unicode
// standard.
size_t valid_utf8_prefix(const std::vector<uint8_t>& bytes) {
  size_t i = 0;
  while (i < bytes.size()) {
    const uint8_t lead = bytes[i];
    size_t tail = 0;
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      tail = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      tail = 2;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      tail = 3;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else if (lead >= 0x80) {
      return i;
    }
    for (size_t k = 1; k <= tail; ++k) {
      if (i + k >= bytes.size() || bytes[i + k] < low || bytes[i + k] > high) return i;
      low = 0x80;
      high = 0xBF;
    }
    i += tail + 1;
  }
  return i;
}

TEST(Generate, NamesAreUniqueAndFound) {
  std::set<std::string_view> names;
  for (const Kind& kind : kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(find_kind(kind.name), &kind);
    EXPECT_FALSE(kind.what.empty()) << kind.name;
  }
  EXPECT_GE(names.size(), 40u);
  EXPECT_EQ(find_kind("no such kind"), nullptr);
  EXPECT_TRUE(generate("no such kind", 100, 1).empty());
}

TEST(Generate, GoldenBytes) {
  const std::map<std::string, std::string> golden = golden_hashes();
  EXPECT_EQ(golden.size(), kinds().size());
  for (const Kind& kind : kinds()) {
    const auto expected = golden.find(std::string(kind.name));
    ASSERT_NE(expected, golden.end()) << kind.name;
    EXPECT_EQ(hash_of(generate(kind, kGoldenSize, kGoldenSeed)), expected->second) << kind.name;
  }
}

TEST(Generate, SizesAreExact) {
  for (const Kind& kind : kinds()) {
    for (const size_t size : {0u, 1u, 2u, 3u, 255u, 4'097u}) {
      EXPECT_EQ(generate(kind, size, 3).size(), size) << kind.name;
    }
  }
}

TEST(Generate, SeedsDiffer) {
  for (const Kind& kind : kinds()) {
    if (kind.name == "zeros") continue;  // has no freedom
    std::set<std::string> hashes;
    for (uint64_t seed = 1; seed <= 8; ++seed) hashes.insert(hash_of(generate(kind, 3'000, seed)));
    EXPECT_GE(hashes.size(), 4u) << kind.name;
  }
}

TEST(Generate, Utf8KindsAreValidWhereverTheyAreCut) {
  for (const Kind& kind : kinds()) {
    if (kind.encoding != Encoding::kUtf8) continue;
    for (size_t size = 0; size < 260; ++size) {
      ASSERT_EQ(valid_utf8_prefix(generate(kind, size, 5)), size) << kind.name;
    }
    EXPECT_EQ(valid_utf8_prefix(generate(kind, 30'000, 5)), 30'000u) << kind.name;
  }
}

TEST(Generate, InvalidUtf8IsInvalid) {
  EXPECT_LT(valid_utf8_prefix(generate("utf8-invalid", 5'000, 1)), 5'000u);
}

TEST(Generate, LineEndsAreWhatTheNameSays) {
  const std::vector<uint8_t> crlf = generate("prose-crlf", 20'000, 1);
  for (size_t i = 1; i + 1 < crlf.size(); ++i) {  // the last one may have been cut
    EXPECT_EQ(crlf[i] == '\n', crlf[i - 1] == '\r') << i;
  }
  const std::vector<uint8_t> wrapped = generate("prose-wrapped", 20'000, 1);
  EXPECT_EQ(std::count(wrapped.begin(), wrapped.end(), '\r'), 0);
  size_t column = 0;
  for (const uint8_t c : wrapped) {
    column = c == '\n' ? 0 : column + 1;
    EXPECT_LE(column, 72u);
  }
}

}  // namespace
}  // namespace pith::corpus
