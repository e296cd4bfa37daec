// The coded bytes of a block depend on its raw bytes, level and kind, and on nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "block_memory.h"
#include "container/methods/ngram_method.h"
#include "corpora/generate.h"

namespace pith::test {
namespace {

using container::NgramConfig;
using ngram::ContentKind;
using Bytes = std::vector<uint8_t>;

// Empty where the coded bytes would be more than the raw ones and some.
Bytes encoded(const NgramConfig& config, std::span<const uint8_t> raw, std::span<uint8_t> memory) {
  Bytes coded(2 * raw.size() + 64);
  coded.resize(container::ngram_encode(config, raw, coded, memory, nullptr));
  return coded;
}

Bytes decoded(const NgramConfig& config, std::span<const uint8_t> coded,
              std::span<uint8_t> memory) {
  Bytes raw(config.raw_size, 0xEE);
  if (!container::ngram_decode(config, coded, raw, memory, nullptr)) raw.clear();
  return raw;
}

NgramConfig config_of(int level, ContentKind kind, const Bytes& raw) {
  return {.level = level, .kind = kind, .raw_size = static_cast<uint32_t>(raw.size())};
}

class SameBytes : public testing::TestWithParam<int> {
 protected:
  ~SameBytes() override {  // the best one, as it was
    EXPECT_TRUE(container::ngram_force_kernel(container::ngram_kernel_names().back()));
  }
  [[nodiscard]] static int level() { return GetParam(); }

  // Codes raw with every kernel, in memory of other content each time, and decodes with every
  // kernel what all have made.
  void expect_same(ContentKind kind, const Bytes& raw, const std::string& what) {
    const NgramConfig config = config_of(level(), kind, raw);
    BlockMemory memory(container::ngram_memory(config));
    uint8_t content = 0;
    Bytes first;
    for (const char* name : container::ngram_kernel_names()) {
      ASSERT_TRUE(container::ngram_force_kernel(name));
      ASSERT_STREQ(container::ngram_kernel_name(), name);
      memory.fill(content);
      content = static_cast<uint8_t>(content * 7 + 0x5B);
      const Bytes coded = encoded(config, raw, memory.bytes());
      ASSERT_FALSE(coded.empty()) << what;
      if (first.empty()) first = coded;
      ASSERT_EQ(coded, first) << what << ", " << name;
    }
    for (const char* name : container::ngram_kernel_names()) {
      ASSERT_TRUE(container::ngram_force_kernel(name));
      memory.fill(content);
      content = static_cast<uint8_t>(content * 7 + 0x5B);
      ASSERT_EQ(decoded(config, first, memory.bytes()), raw) << what << ", " << name;
    }
  }
};

ContentKind rotated(size_t i) { return static_cast<ContentKind>(i % 3); }

TEST_P(SameBytes, FromEveryKernelForEveryKindOfText) {
  size_t i = static_cast<size_t>(level());
  for (const corpus::Kind& kind : corpus::kinds()) {
    const Bytes raw = corpus::generate(kind, 2500, static_cast<uint64_t>(level()));
    ASSERT_NO_FATAL_FAILURE(expect_same(rotated(i++), raw, std::string(kind.name)));
  }
}

// Long enough that counts reach their ends, slots are taken from others and places are forgotten.
TEST_P(SameBytes, FromEveryKernelForLongBlocks) {
  size_t i = 0;
  for (const char* name : {"archive", "log-access", "executable"}) {
    const Bytes raw = corpus::generate(name, 80000, 1);
    ASSERT_NO_FATAL_FAILURE(expect_same(rotated(i++), raw, name));
  }
}

TEST_P(SameBytes, FromEveryKernelForTheShortestBlocks) {
  for (size_t size = 1; size <= 20; ++size) {
    const Bytes raw = corpus::generate("all-scripts", size, size);
    ASSERT_NO_FATAL_FAILURE(expect_same(rotated(size), raw, std::to_string(size)));
    ASSERT_NO_FATAL_FAILURE(expect_same(rotated(size), Bytes(size, 0xFF), std::to_string(size)));
  }
}

// Wherever the memory lies, as long as it is aligned to 64 bytes, and wherever raw and coded bytes
// lie.
TEST_P(SameBytes, AtEveryAddress) {
  const Bytes raw = corpus::generate("log-trace", 5000, 1);
  const NgramConfig config = config_of(level(), ContentKind::kStructured, raw);
  const size_t size = container::ngram_memory(config);
  BlockMemory memory(size + 4096);
  const Bytes expected = encoded(config, raw, memory.bytes().first(size));
  for (const size_t offset : {0u, 64u, 128u, 192u, 320u, 2048u, 4032u}) {
    const std::span<uint8_t> place = memory.bytes().subspan(offset, size);
    const size_t shift = offset / 64 % 8 + 1;
    Bytes shifted(raw.size() + shift);
    std::copy(raw.begin(), raw.end(), shifted.begin() + static_cast<std::ptrdiff_t>(shift));
    EXPECT_EQ(encoded(config, std::span(shifted).subspan(shift), place), expected) << offset;
    Bytes coded(shift, 0);
    coded.insert(coded.end(), expected.begin(), expected.end());
    EXPECT_EQ(decoded(config, std::span(coded).subspan(shift), place), raw) << offset;
  }
}

// The room for the coded bytes decides whether they fit, not what they are.
TEST_P(SameBytes, InAnyRoom) {
  const Bytes raw = corpus::generate("prose", 1200, 1);
  const NgramConfig config = config_of(level(), ContentKind::kText, raw);
  BlockMemory memory(container::ngram_memory(config));
  const Bytes expected = encoded(config, raw, memory.bytes());
  for (const size_t room : {expected.size(), expected.size() + 1, expected.size() + 100}) {
    Bytes coded(room);
    coded.resize(container::ngram_encode(config, raw, coded, memory.bytes(), nullptr));
    EXPECT_EQ(coded, expected) << room;
  }
  for (const size_t room : {size_t{0}, size_t{1}, expected.size() / 2, expected.size() - 1}) {
    Bytes coded(room);
    EXPECT_EQ(container::ngram_encode(config, raw, coded, memory.bytes(), nullptr), 0u) << room;
  }
}

// Damaged bytes decode to something, the same with every kernel.
TEST_P(SameBytes, FromDamagedCode) {
  const Bytes raw = corpus::generate("csv", 3000, 1);
  for (size_t i = 0; i < 3; ++i) {
    const NgramConfig config = config_of(level(), rotated(i), raw);
    BlockMemory memory(container::ngram_memory(config));
    Bytes coded = encoded(config, raw, memory.bytes());
    coded[coded.size() / 3] ^= 0x10;
    const Bytes noise = corpus::generate("random", 2000, i);
    for (const Bytes& bad : {coded, noise, Bytes(500, 0xFF), Bytes(1, 0)}) {
      std::vector<Bytes> results;
      for (const char* name : container::ngram_kernel_names()) {
        ASSERT_TRUE(container::ngram_force_kernel(name));
        results.push_back(decoded(config, bad, memory.bytes()));
        ASSERT_EQ(results.back(), results.front()) << name;
        ASSERT_NE(results.back(), raw);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, SameBytes, testing::Values(1, 2, 3, 4));

TEST(Levels, AboveTheLastMeanTheLast) {
  const Bytes raw = corpus::generate("json", 3000, 1);
  NgramConfig config = config_of(4, ContentKind::kStructured, raw);
  BlockMemory memory(container::ngram_memory(config));
  const Bytes expected = encoded(config, raw, memory.bytes());
  for (config.level = 5; config.level <= 9; ++config.level) {
    ASSERT_EQ(container::ngram_memory(config), memory.bytes().size());
    EXPECT_EQ(encoded(config, raw, memory.bytes()), expected) << config.level;
  }
}

TEST(Kernels, TheScalarOneIsEverywhere) {
  ASSERT_FALSE(container::ngram_kernel_names().empty());
  EXPECT_STREQ(container::ngram_kernel_names().front(), "scalar");
  EXPECT_FALSE(container::ngram_force_kernel("none"));
}

}  // namespace
}  // namespace pith::test
