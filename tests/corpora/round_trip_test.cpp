// Every kind of content through the public interface at every level comes back as it was.
#include <gtest/gtest.h>
#include <pith/pith.h>

#include <array>
#include <string>
#include <tuple>
#include <vector>

#include "corpora/generate.h"

namespace pith::corpus {
namespace {

constexpr std::array kLevels = {1, 2, 3, 4, 5, 7};  // the others mean the one below

std::vector<uint8_t> compressed(const std::vector<uint8_t>& raw, int level) {
  std::vector<uint8_t> coded(pith_bound(raw.size()));
  size_t size = coded.size();
  EXPECT_EQ(pith_compress(coded.data(), &size, raw.data(), raw.size(), level), PITH_OK);
  coded.resize(size);
  return coded;
}

std::vector<uint8_t> decompressed(const std::vector<uint8_t>& coded, size_t raw_size) {
  std::vector<uint8_t> raw(raw_size);
  size_t size = raw.size();
  EXPECT_EQ(pith_decompress(raw.data(), &size, coded.data(), coded.size()), PITH_OK);
  raw.resize(size);
  return raw;
}

class RoundTripOf : public testing::TestWithParam<std::tuple<int, size_t>> {};

TEST_P(RoundTripOf, AllKinds) {
  const auto [level, size] = GetParam();
  for (const Kind& kind : kinds()) {
    SCOPED_TRACE(std::string(kind.name));
    const std::vector<uint8_t> raw = generate(kind, size, 11);
    const std::vector<uint8_t> coded = compressed(raw, level);
    EXPECT_EQ(decompressed(coded, raw.size()), raw);
    EXPECT_LE(coded.size(), raw.size() + raw.size() / 1'000 + 64);  // whatever it is made of
  }
}

INSTANTIATE_TEST_SUITE_P(LevelsAndSizes, RoundTripOf,
                         testing::Combine(testing::ValuesIn(kLevels),
                                          testing::Values<size_t>(1, 77, 3'001)));

TEST(RoundTrip, TextShrinks) {
  for (const char* kind : {"prose", "html", "json", "csv", "log-access", "code-c", "cyrillic"}) {
    const std::vector<uint8_t> raw = generate(kind, 20'000, 11);
    for (const int level : kLevels) {
      EXPECT_LT(compressed(raw, level).size(), raw.size() / 2) << kind << " at " << level;
    }
  }
}

TEST(RoundTrip, WithoutRedundancyNothingIsLost) {
  const std::vector<uint8_t> raw = generate("random", 300'000, 11);
  for (const int level : kLevels) {
    const std::vector<uint8_t> coded = compressed(raw, level);
    EXPECT_LE(coded.size(), raw.size() + raw.size() / 1'000 + 64) << level;
    EXPECT_EQ(decompressed(coded, raw.size()), raw) << level;
  }
}

}  // namespace
}  // namespace pith::corpus
