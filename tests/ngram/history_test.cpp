// The features of the history against what a look at the whole text gives.
#include "ngram/history.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpora/generate.h"

namespace pith::ngram {
namespace {

constexpr size_t kSize = 4000;  // bytes a text

bool is_letter(uint8_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 128; }
bool is_separator(uint8_t c) { return std::strchr(" ,\t;|:", c) != nullptr && c != 0; }
char folded(uint8_t c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

// A text up to a position, seen by eye.
struct Prefix {
  const uint8_t* bytes;
  size_t size;

  // k bytes back; zeros come before the text.
  [[nodiscard]] uint32_t back(size_t k) const { return k <= size ? bytes[size - k] : 0; }
  [[nodiscard]] std::string last(size_t n) const {
    std::string s;
    for (size_t k = n; k >= 1; --k) s += static_cast<char>(back(k));
    return s;
  }
  // The n-th run of letters from the end, 0: the one at the very end, which may be empty.
  [[nodiscard]] std::string word(size_t n) const {
    std::vector<std::string> words(1);
    for (size_t i = 0; i < size; ++i) {
      if (is_letter(bytes[i])) {
        words.back() += folded(bytes[i]);
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    return n < words.size() ? words[words.size() - 1 - n] : "";
  }
  [[nodiscard]] std::string gap() const {
    size_t start = size;
    while (start > 0 && !is_letter(bytes[start - 1])) --start;
    return {bytes + start, bytes + size};
  }
  [[nodiscard]] size_t line_start() const {
    size_t start = size;
    while (start > 0 && bytes[start - 1] != '\n') --start;
    return start;
  }
  [[nodiscard]] std::string line_head() const {
    std::string head;
    for (size_t i = line_start(); i < size; ++i) {
      head += static_cast<char>(bytes[i]);
      if (is_separator(bytes[i])) break;
    }
    return head;
  }
  [[nodiscard]] uint32_t field() const {
    uint32_t n = 0;
    for (size_t i = line_start(); i < size; ++i) n += is_separator(bytes[i]) ? 1 : 0;
    return n;
  }
  // The byte of the line before that is above the next one, `more` further right; -1 if there is
  // none.
  [[nodiscard]] int above(size_t more) const {
    const size_t start = line_start();
    if (start == 0) return -1;
    const size_t at = Prefix{bytes, start - 1}.line_start() + (size - start) + more;
    return at < start ? bytes[at] : -1;
  }
  // The two bytes that followed the last `order` bytes when they came before, the newer lower.
  [[nodiscard]] uint32_t followers(size_t order) const {
    uint32_t found = 0;
    for (size_t end = 0; end < size; ++end) {  // bytes[end] follows
      bool equal = true;
      for (size_t k = 1; k <= order; ++k) equal &= Prefix{bytes, end}.back(k) == back(k);
      if (equal) found = (found << 8 | bytes[end]) & 0xFFFF;
    }
    return found;
  }
};

// A hashed feature: a function of its key, with another value for another key.
class Hashed {
 public:
  void expect(const std::string& key, uint32_t value, size_t at) {
    const auto [by_key, new_key] = value_of_.insert({key, value});
    ASSERT_EQ(by_key->second, value) << "not a function of what it stands for, at " << at;
    const auto [by_value, new_value] = key_of_.insert({value, key});
    ASSERT_EQ(by_value->second, key) << "two for one value, at " << at;
  }

 private:
  std::map<std::string, uint32_t> value_of_;
  std::map<uint32_t, std::string> key_of_;
};

class HistoryOf : public testing::TestWithParam<std::string_view> {
 protected:
  HistoryOf() : raw_(corpus::generate(GetParam(), kSize, 1)), history_(new History{}) {}

  // Calls check(prefix, position) after each byte. The history sees a text that goes on wrong.
  template <class Check>
  void for_each_byte(Check check) {
    std::vector<uint8_t> seen(raw_.size(), 0xA5);
    for (size_t i = 0; i < raw_.size(); ++i) {
      seen[i] = raw_[i];
      history_->append(seen.data());
      ASSERT_NO_FATAL_FAILURE(check(Prefix{raw_.data(), i + 1}, i + 1));
    }
  }
  [[nodiscard]] uint32_t get(Feature f) const { return history_->get(f); }

  std::vector<uint8_t> raw_;
  std::unique_ptr<History> history_;
};

TEST_P(HistoryOf, LatestBytes) {
  Hashed bytes5;
  Hashed bytes6;
  for_each_byte([&](const Prefix& text, size_t at) {
    const uint32_t two = text.back(1) | text.back(2) << 8;
    ASSERT_EQ(get(Feature::kByte1), text.back(1)) << at;
    ASSERT_EQ(get(Feature::kBytes2), two) << at;
    ASSERT_EQ(get(Feature::kBytes3), two | text.back(3) << 16) << at;
    ASSERT_EQ(get(Feature::kBytes4), two | text.back(3) << 16 | text.back(4) << 24) << at;
    ASSERT_EQ(get(Feature::kSkip1), text.back(2)) << at;
    ASSERT_EQ(get(Feature::kSkip2), text.back(2) | text.back(3) << 8) << at;
    ASSERT_EQ(get(Feature::kSkip3), text.back(3) | text.back(4) << 8) << at;
    bytes5.expect(text.last(5), get(Feature::kBytes5), at);
    bytes6.expect(text.last(6), get(Feature::kBytes6), at);
    ASSERT_EQ(history_->position, at);
    ASSERT_EQ(get(Feature::kNone), 0u);
  });
}

TEST_P(HistoryOf, Words) {
  Hashed words;
  Hashed gaps;
  for_each_byte([&](const Prefix& text, size_t at) {
    words.expect(text.word(0), get(Feature::kWord), at);
    words.expect(text.word(1), get(Feature::kWord1), at);
    words.expect(text.word(2), get(Feature::kWord2), at);
    gaps.expect(text.gap(), get(Feature::kGap), at);
    ASSERT_EQ(get(Feature::kWord) == 0, text.word(0).empty()) << at;
  });
}

TEST_P(HistoryOf, Lines) {
  Hashed heads;
  for_each_byte([&](const Prefix& text, size_t at) {
    const size_t column = at - text.line_start();
    ASSERT_EQ(get(Feature::kColumn), column < 255 ? column : 255) << at;
    ASSERT_EQ(get(Feature::kField), text.field()) << at;
    heads.expect(text.line_head(), get(Feature::kLineStart), at);
    const int above = text.above(0);
    const int right = text.above(1);
    ASSERT_EQ(get(Feature::kAbove), above < 0 ? 0 : above) << at;
    ASSERT_EQ(get(Feature::kAbove2), right < 0 ? 0 : above | right << 8 | 0x10000) << at;
  });
}

TEST_P(HistoryOf, IndirectContexts) {
  for_each_byte([&](const Prefix& text, size_t at) {
    if (at % 7 != 0 && at > 600) return;  // a look at everything takes long
    ASSERT_EQ(get(Feature::kIndirect1), text.followers(1)) << at;
    ASSERT_EQ(get(Feature::kIndirect2), text.followers(2)) << at;
  });
}

TEST_P(HistoryOf, RecordsOnlyWhereTheyAreLookedFor) {
  for_each_byte([&](const Prefix&, size_t at) {
    for (const Feature f : {Feature::kRecord1, Feature::kRecord2, Feature::kRecord3}) {
      ASSERT_EQ(get(f), 0u) << at;
    }
  });
}

TEST_P(HistoryOf, Records) {
  history_->records = true;
  for_each_byte([&](const Prefix& text, size_t at) {
    const uint32_t length = history_->record.length;
    ASSERT_LE(length, RecordFinder::kLongest);
    // What came one and two records before the next byte.
    const uint32_t one = length != 0 && at >= length ? text.back(length) : 0;
    const uint32_t two = length != 0 && at >= 2 * length ? text.back(2 * size_t{length}) : 0;
    const uint32_t place = length != 0 ? static_cast<uint32_t>(at) % length : 0;
    ASSERT_EQ(get(Feature::kRecord1), one | length << 8) << at;
    ASSERT_EQ(get(Feature::kRecord2), one | two << 8 | place << 16) << at;
    ASSERT_EQ(get(Feature::kRecord3), one | text.back(1) << 8 | place << 16) << at;
  });
}

INSTANTIATE_TEST_SUITE_P(Kinds, HistoryOf,
                         testing::Values("prose-wrapped", "csv", "log-access", "code-c",
                                         "all-scripts", "records", "random", "zeros"),
                         [](const auto& kind) {
                           std::string name(kind.param);
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace pith::ngram
