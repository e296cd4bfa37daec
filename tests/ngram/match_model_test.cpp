// The match model against a search of the whole text.
#include "ngram/match_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpora/generate.h"

namespace pith::ngram {
namespace {

constexpr uint32_t kTableBits = 18;
constexpr uint32_t kFirst = 8;  // position from which places are remembered
constexpr const codec::ByteCode& kCode = codec::kTextByteCode;

// What a model that expects this byte holds.
uint32_t expecting(uint8_t byte) { return MatchModel::kSome | kCode.code[byte]; }

// A model and the bytes it was told of; what follows in its buffer is wrong.
class Follower {
 public:
  explicit Follower(std::vector<uint8_t> raw, bool with_long = true,
                    uint32_t table_bits = kTableBits)
      : raw_(std::move(raw)), seen_(raw_.size(), 0xA5), tables_(size_t{2} << table_bits) {
    model_.init(kCode, tables_.data(), table_bits, with_long);
  }

  // False after the last byte.
  bool step() {
    if (position_ == raw_.size()) return false;
    seen_[position_] = raw_[position_];
    last8_ = last8_ << 8 | raw_[position_];
    ++position_;
    model_.append(seen_.data(), position_, last8_);
    return true;
  }

  [[nodiscard]] MatchModel& model() { return model_; }
  [[nodiscard]] std::vector<uint32_t>& tables() { return tables_; }
  [[nodiscard]] uint32_t position() const { return position_; }
  [[nodiscard]] const uint8_t* raw() const { return raw_.data(); }

 private:
  std::vector<uint8_t> raw_;
  std::vector<uint8_t> seen_;
  std::vector<uint32_t> tables_;
  MatchModel model_{};
  uint32_t position_ = 0;
  uint64_t last8_ = 0;
};

class MatchModelOn : public testing::TestWithParam<std::string_view> {};

TEST_P(MatchModelOn, ExpectsWhatFollowedAnEqualContext) {
  for (const auto& [with_long, table_bits] :
       {std::pair(true, kTableBits), {false, kTableBits}, {true, 8u}, {false, 8u}}) {
    Follower follower(corpus::generate(GetParam(), 30000, 1), with_long, table_bits);
    while (follower.step()) {
      const MatchModel& model = follower.model();
      if (model.expected == 0) continue;
      const uint32_t at = follower.position();
      ASSERT_LT(model.place, at);
      ASSERT_EQ(model.expected, expecting(follower.raw()[model.place])) << at;
      ASSERT_LE(model.length, MatchModel::kMaxLength);
      ASSERT_LE(model.length, model.place);
      ASSERT_EQ(std::memcmp(follower.raw() + model.place - model.length,
                            follower.raw() + at - model.length, model.length),
                0)
          << at;
    }
  }
}

// Wherever the last kShort bytes came before, a match at least that long is followed, but for
// places that other bytes of the same hash took in the tables.
TEST_P(MatchModelOn, FindsNearlyEveryMatch) {
  for (const bool with_long : {false, true}) {
    Follower follower(corpus::generate(GetParam(), 30000, 2), with_long);
    std::set<std::string> before;
    uint32_t there = 0;
    uint32_t found = 0;
    while (follower.step()) {
      if (follower.position() < kFirst) continue;
      const uint8_t* end = follower.raw() + follower.position();
      if (!before.insert(std::string(end - MatchModel::kShort, end)).second) {
        ++there;
        found += follower.model().length >= MatchModel::kShort ? 1 : 0;
      }
    }
    EXPECT_GE(found, there - there / 50);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, MatchModelOn,
                         testing::Values("prose", "log-system", "json", "archive", "long-repeat",
                                         "periodic", "random", "zeros"),
                         [](const auto& kind) {
                           std::string name(kind.param);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

std::vector<uint8_t> twice(size_t size) {
  std::vector<uint8_t> raw = corpus::generate("random", size, 3);
  raw.insert(raw.end(), raw.begin(), raw.end());
  return raw;
}

TEST(MatchModel, ALongRepeatIsFollowedToItsEnd) {
  constexpr size_t kSize = 2000;
  Follower follower(twice(kSize));
  while (follower.step()) {
    const uint32_t at = follower.position();
    // Nothing is remembered of the first bytes.
    if (at < kSize + kFirst || at == 2 * kSize) continue;
    ASSERT_EQ(follower.model().expected, expecting(follower.raw()[at])) << at;
    ASSERT_EQ(follower.model().place, at - kSize);
    ASSERT_EQ(follower.model().length, std::min<size_t>(at - kSize, MatchModel::kMaxLength));
  }
}

TEST(MatchModel, GoesOnBehindADifference) {
  constexpr size_t kSize = 2000;
  std::vector<uint8_t> raw = twice(kSize);
  raw[kSize + 500] ^= 0x55;
  Follower follower(raw);
  while (follower.step() && follower.position() < kSize + 501) {
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(follower.model().place, follower.position() - kSize);
    EXPECT_EQ(follower.model().expected, expecting(follower.raw()[follower.position()]));
    EXPECT_EQ(follower.model().length, static_cast<uint32_t>(i));
    follower.step();
  }
}

TEST(MatchModel, GivesUpAfterManyDifferences) {
  constexpr size_t kSize = 1000;
  std::vector<uint8_t> raw = twice(kSize);
  for (size_t i = kSize + 200; i < 2 * kSize; ++i) raw[i] ^= 0x55;
  Follower follower(raw);
  while (follower.step() && follower.position() < kSize + 300) {
  }
  EXPECT_EQ(follower.model().expected, 0u);
  EXPECT_EQ(follower.model().place, 0u);
  EXPECT_EQ(follower.model().length, 0u);
  follower.model().choose(0, 0);
  EXPECT_FALSE(follower.model().active());
  EXPECT_EQ(follower.model().mixer_class(), 0u);
}

// The place it gave up is as good as any other when the text comes back to it.
TEST(MatchModel, ComesBackToAPlaceItGaveUp) {
  constexpr size_t kSize = 1000;
  constexpr size_t kSame = 200;
  std::vector<uint8_t> raw = twice(kSize);
  for (size_t i = kSize + kSame; i < kSize + kSame + 8; ++i) raw[i] ^= 0x55;
  Follower follower(raw);
  while (follower.step() && follower.position() < kSize + kSame + 8) {
  }
  EXPECT_EQ(follower.model().place, 0u);
  for (uint32_t i = 0; i < MatchModel::kShort; ++i) follower.step();
  EXPECT_EQ(follower.model().place, follower.position() - kSize);
  EXPECT_EQ(follower.model().expected, expecting(raw[follower.position()]));
}

TEST(MatchModel, IsActiveAsLongAsThePathAgrees) {
  for (const bool found : {false, true}) {
    Follower follower(twice(600));
    while (follower.step() && follower.position() < (found ? 1000 : 500)) {
    }
    MatchModel& model = follower.model();
    ASSERT_EQ(model.expected != 0, found);
    for (size_t byte = 0; byte < 256; ++byte) {
      for (uint32_t depth = 0; depth < kCode.length[byte]; ++depth) {
        const uint32_t path = kCode.code[byte] & ~(0xFFFFu >> depth);
        model.choose(path, depth);
        const uint32_t expected = model.expected & 0xFFFF;
        ASSERT_EQ(model.active(), found && (expected & ~(0xFFFFu >> depth)) == path);
        ASSERT_LE(model.row, MatchModel::kMaps);
        ASSERT_LT(model.mixer_class(), MatchModel::kMixerClasses);
        if (model.active()) {
          ASSERT_EQ(model.row & 1, (expected & 0x8000u >> depth) != 0 ? 1u : 0u);
        }
      }
    }
  }
}

// The bits of a hash that say whether an entry is of the same text are none of those that pick it.
TEST(MatchModel, CheckBitsTellEntriesOfOnePlaceApart) {
  constexpr uint32_t kBits = 8;
  constexpr uint32_t kChecks = 1u << (32 - MatchModel::kPositionBits);
  std::vector<std::set<uint32_t>> checks(size_t{2} << kBits);
  Follower follower(corpus::generate("random", 60000, 4), true, kBits);
  while (follower.step()) {
    for (size_t i = 0; follower.position() % 16 == 0 && i < checks.size(); ++i) {
      checks[i].insert(follower.tables()[i] >> MatchModel::kPositionBits);
    }
  }
  for (const auto& seen : checks) EXPECT_EQ(seen.size(), kChecks);
}

TEST(MatchModel, AnEntryWithOtherCheckBitsIsNotFollowed) {
  constexpr size_t kSize = 2000;
  Follower follower(twice(kSize));
  while (follower.step() && follower.position() < kSize) {
  }
  for (uint32_t& entry : follower.tables()) entry ^= 1u << MatchModel::kPositionBits;
  // Only what was remembered since could be found, and nothing came twice since.
  while (follower.step()) ASSERT_EQ(follower.model().expected, 0u);
}

TEST(MatchModel, ClassesRiseWithTheLength) {
  Follower follower(twice(600));
  uint32_t before = 0;
  while (follower.step()) {
    MatchModel& model = follower.model();
    if (follower.position() < 620 || follower.position() == 1200) continue;
    model.choose(0, 0);
    ASSERT_TRUE(model.active());
    const uint32_t length_class = (model.mixer_class() - 1) / 2;
    ASSERT_GE(length_class, before);
    before = length_class;
  }
  EXPECT_EQ(before, (MatchModel::kMixerClasses - 1) / 2 - 1);
}

TEST(MatchModel, LearnsWhereItIsActiveAlone) {
  Follower follower(twice(600));
  while (follower.step() && follower.position() < 1000) {
  }
  MatchModel& model = follower.model();
  model.choose(0, 0);
  const uint32_t row = model.row;
  ASSERT_LT(row, MatchModel::kMaps);
  const std::vector<AdaptiveProbability> before(model.map, model.map + MatchModel::kMaps + 1);
  model.update(1);
  EXPECT_NE(model.map[row], before[row]);
  model.choose(~model.expected & 0x8000, 1);  // the first decision was another
  ASSERT_FALSE(model.active());
  model.update(1);
  for (uint32_t i = 0; i <= MatchModel::kMaps; ++i) {
    if (i != row) {
      EXPECT_EQ(model.map[i], before[i]);
    }
  }
}

// What there is to say without a match.
TEST(MatchModel, TheMapOfNoMatchIsEven) {
  Follower follower(twice(10));
  EXPECT_EQ(codec::stretch(probability12(follower.model().map[MatchModel::kMaps])), 0);
}

}  // namespace
}  // namespace pith::ngram
