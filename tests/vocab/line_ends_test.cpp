// CR LF to LF and back: exact for any bytes, and no list but the right one is accepted.
#include "model/vocab/line_ends.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace pith::model {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

struct Folded {
  Bytes text;
  Bytes lone;
};

Folded fold(const Bytes& raw) {
  const LineEnds ends = count_line_ends(raw);
  Folded folded{Bytes(raw.size() - ends.cr_lf), Bytes(lone_list_most(ends))};
  folded.lone.resize(fold_line_ends(raw, folded.text, folded.lone));
  EXPECT_EQ(folded.text, folded_text(raw));
  return folded;
}

void expect_comes_back(const Bytes& raw) {
  const Folded folded = fold(raw);
  const LineEnds ends = count_line_ends(raw);
  ASSERT_EQ(folded.text.size(), raw.size() - ends.cr_lf);
  Bytes back(raw.size());
  ASSERT_TRUE(unfold_line_ends(folded.text, folded.lone, back));
  ASSERT_EQ(back, raw);
}

TEST(LineEnds, EveryShortTextComesBack) {
  static constexpr char kLetters[] = {'\r', '\n', 'x'};
  for (size_t length = 0; length <= 9; ++length) {
    size_t texts = 1;
    for (size_t i = 0; i < length; ++i) texts *= 3;
    for (size_t n = 0; n < texts; ++n) {
      Bytes raw;
      for (size_t rest = n; raw.size() < length; rest /= 3) {
        raw.push_back(static_cast<uint8_t>(kLetters[rest % 3]));
      }
      ASSERT_NO_FATAL_FAILURE(expect_comes_back(raw));
    }
  }
}

TEST(LineEnds, LongAndRandomTextsComeBack) {
  std::mt19937_64 random(1);
  for (unsigned letters : {3u, 10u, 256u}) {
    Bytes raw(50000);
    for (uint8_t& byte : raw) {
      const uint64_t r = random() % letters;
      byte = r == 0 ? '\r' : r == 1 ? '\n' : static_cast<uint8_t>(random());
    }
    ASSERT_NO_FATAL_FAILURE(expect_comes_back(raw));
  }
  Bytes far_apart(300000, 'x');
  for (size_t i = 1; i < 200000; i += 2) far_apart[i] = '\n', far_apart[i - 1] = '\r';
  far_apart.back() = '\n';  // its number takes three bytes
  ASSERT_NO_FATAL_FAILURE(expect_comes_back(far_apart));
  EXPECT_EQ(fold(far_apart).lone.size(), 3u);
}

TEST(LineEnds, OnlyCrLfIsFolded) {
  const Folded folded = fold(bytes_of("a\r\nb\nc\rd\r\r\n\r\n\n"));
  EXPECT_EQ(folded.text, bytes_of("a\nb\nc\rd\r\n\n\n"));
  EXPECT_EQ(folded.lone, (Bytes{1, 2}));
}

TEST(LineEnds, AreCounted) {
  const LineEnds ends = count_line_ends(bytes_of("\na\r\nb\nc\rd\r\r\n\r\n\n\r"));
  EXPECT_EQ(ends.cr_lf, 3u);
  EXPECT_EQ(ends.lone, 3u);
}

TEST(LineEnds, FoldingPaysWhereCrLfIsTheRule) {
  EXPECT_FALSE(folding_pays({.cr_lf = 0, .lone = 0}));
  EXPECT_FALSE(folding_pays({.cr_lf = 0, .lone = 100}));
  EXPECT_FALSE(folding_pays({.cr_lf = 100, .lone = 100}));
  EXPECT_TRUE(folding_pays({.cr_lf = 1, .lone = 0}));
  EXPECT_TRUE(folding_pays({.cr_lf = 1000, .lone = 3}));
}

bool unfolds(const std::string& text, const Bytes& lone, size_t size) {
  Bytes raw(size);
  return unfold_line_ends(bytes_of(text), lone, raw);
}

TEST(LineEnds, OnlyTheRightListAndSizeAreAccepted) {
  const std::string text = "a\nb\nc\n";
  EXPECT_TRUE(unfolds(text, {}, 9));
  EXPECT_TRUE(unfolds(text, {1}, 8));
  for (const size_t size : {0u, 1u, 7u, 8u, 10u}) EXPECT_FALSE(unfolds(text, {}, size)) << size;
  EXPECT_FALSE(unfolds(text, {3}, 9));              // no such line end
  EXPECT_FALSE(unfolds(text, {0, 0, 0, 0}, 6));     // nor a fourth one
  EXPECT_FALSE(unfolds(text, {0x81, 0x00}, 8));     // longer than it need be
  EXPECT_FALSE(unfolds(text, {0x81}, 8));           // cut short
  EXPECT_FALSE(unfolds(text, Bytes(11, 0xFF), 9));  // more than 64 bits
  EXPECT_FALSE(unfolds("a\r\n", {0}, 3));           // would have been folded
  EXPECT_FALSE(unfolds("", {0}, 0));
  EXPECT_TRUE(unfolds("", {}, 0));
}

TEST(LineEnds, AnyInputIsSafe) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 12, 'x');
    for (char& c : text) c = "\r\n\nx"[random() % 4];
    Bytes lone(random() % 5);
    for (uint8_t& byte : lone)
      byte = static_cast<uint8_t>(random() % 4 == 0 ? random() : random() % 3);
    const size_t size = random() % 24;
    Bytes raw(size);
    if (!unfold_line_ends(bytes_of(text), lone, raw)) continue;
    const Folded again = fold(raw);
    ASSERT_EQ(again.text, bytes_of(text));
    ASSERT_EQ(again.lone, lone);
  }
}

}  // namespace
}  // namespace pith::model
