// Byte codes: complete alphabetic prefix codes, whose tree leads every byte's path to it.
#include "codec/byte_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace pith::codec {
namespace {

class ByteCodeTest : public testing::TestWithParam<const ByteCode*> {
 protected:
  static const ByteCode& code() { return *GetParam(); }
};

// Bytes in the order of their codes.
std::vector<uint8_t> order_of(const ByteCode& code) {
  std::vector<uint8_t> order(256);
  for (size_t i = 0; i < 256; ++i) order[i] = static_cast<uint8_t>(i);
  std::ranges::sort(order, {}, [&](uint8_t byte) { return code.code[byte]; });
  return order;
}

TEST_P(ByteCodeTest, IsACompletePrefixCode) {
  // Each byte owns the numbers that begin with its code; together they are all numbers, once.
  uint32_t next = 0;
  for (const uint8_t byte : order_of(code())) {
    EXPECT_EQ(code().code[byte], next) << int{byte};
    EXPECT_GE(code().length[byte], 1);
    EXPECT_LE(code().length[byte], ByteCode::kLongest);
    next += 1u << (ByteCode::kLongest - code().length[byte]);
  }
  EXPECT_EQ(next, 1u << ByteCode::kLongest);
}

TEST_P(ByteCodeTest, EveryPathLeadsToItsByte) {
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t at = 0;
    for (uint32_t depth = 0; depth < code().length[byte]; ++depth) {
      ASSERT_LT(at, ByteCode::kNodes) << byte;
      at = code().child[code().code[byte] >> (15 - depth) & 1][at];
    }
    EXPECT_EQ(at, ByteCode::kLeaf + byte);
  }
}

// So the children of a node lie behind it, and those of one depth side by side.
TEST_P(ByteCodeTest, NodesAreNumberedBreadthFirst) {
  uint32_t next = 1;
  std::set<uint32_t> leaves;
  for (size_t node = 0; node < ByteCode::kNodes; ++node) {
    for (const auto& child : code().child) {
      if (child[node] >= ByteCode::kLeaf) {
        EXPECT_LT(child[node], ByteCode::kLeaf + 256u);
        EXPECT_TRUE(leaves.insert(child[node]).second) << node;
      } else {
        EXPECT_EQ(child[node], next++) << node;
      }
    }
  }
  EXPECT_EQ(next, ByteCode::kNodes);
  EXPECT_EQ(leaves.size(), 256u);
}

INSTANTIATE_TEST_SUITE_P(Codes, ByteCodeTest, testing::Values(&kTextByteCode, &kFlatByteCode),
                         [](const auto& code) {
                           return code.param == &kTextByteCode ? "text" : "flat";
                         });

TEST(FlatByteCode, IsTheBitsOfTheByteHighestFirst) {
  for (uint32_t byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(kFlatByteCode.length[byte], 8);
    EXPECT_EQ(kFlatByteCode.code[byte], byte << 8);
  }
}

enum class Class { kControl, kSpace, kPunctuation, kDigit, kCapital, kHigh, kVowel, kConsonant };

Class class_of(uint8_t byte) {
  if (byte >= 128) return Class::kHigh;
  const auto c = static_cast<char>(byte);
  const auto is_in = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
  if (is_in("\t\n\r ")) return Class::kSpace;
  if (is_in("aeiouy")) return Class::kVowel;
  if (c >= 'a' && c <= 'z') return Class::kConsonant;
  if (c >= 'A' && c <= 'Z') return Class::kCapital;
  if (c >= '0' && c <= '9') return Class::kDigit;
  return c < ' ' || c == 127 ? Class::kControl : Class::kPunctuation;
}

TEST(TextByteCode, ClassesFollowEachOtherAndBytesWithinThem) {
  const std::vector<uint8_t> order = order_of(kTextByteCode);
  for (size_t i = 1; i < 256; ++i) {
    EXPECT_LT(std::pair(class_of(order[i - 1]), order[i - 1]),
              std::pair(class_of(order[i]), order[i]));
  }
}

TEST(TextByteCode, TheFirstDecisionIsWhetherALowerCaseLetterComes) {
  for (uint32_t byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(kTextByteCode.code[byte] >> 15, byte >= 'a' && byte <= 'z' ? 1u : 0u) << byte;
  }
}

TEST(TextByteCode, TakesFewerThanSixDecisionsOnEnglish) {
  constexpr std::string_view kText =
      "Alice was beginning to get very tired of sitting by her sister on the bank, and of having "
      "nothing to do: once or twice she had peeped into the book her sister was reading.\n";
  size_t decisions = 0;
  for (const char c : kText) decisions += kTextByteCode.length[static_cast<uint8_t>(c)];
  EXPECT_LT(decisions, 6 * kText.size());
}

}  // namespace
}  // namespace pith::codec
