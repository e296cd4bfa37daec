#include "model/vocab/trainer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/vocab/pair_counts.h"
#include "model/vocab/token_rule.h"
#include "model/vocab/tokenizer.h"

namespace pith::model {
namespace {

using Token = Vocabulary::Token;

// While growing, one new token for so many that there are: fewer are better and take longer.
constexpr size_t kGrowth = 8;
// Tokens dropped at once, as a part of all: values are not right for long once others are gone.
constexpr size_t kShrinkage = 25;
// Rounds of exchange: the first puts 30 % more tokens in and out again, each one after 70 % of the
// one before. More rounds change the result by less than 0.01 %.
constexpr unsigned kExchanges = 10;
constexpr size_t kExtraPercent = 30;
constexpr size_t kExtraLaterPercent = 70;

// Uses are counted by parts of the text, and those in the part that has the most do not count: what
// fills a few documents, such as a host name in a log, is not worth a token to anybody else.
constexpr size_t kParts = 512;

struct Valued {
  uint64_t value;
  std::string token;
};

// The best first; equal ones in the order of their bytes, so that the result depends on nothing
// else.
bool is_better(const Valued& a, const Valued& b) {
  return a.value != b.value ? a.value > b.value : a.token < b.token;
}

class Trainer {
 public:
  explicit Trainer(std::span<const uint8_t> text) : text_(text), segments_(text.size()) {
    for (int byte = 0; byte < 256; ++byte) tokens_.insert(std::string(1, static_cast<char>(byte)));
    segment();
  }

  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] size_t size() const { return tokens_.size(); }
  [[nodiscard]] size_t segments() const { return segment_count_; }

  // Adds up to `count` pairs; returns how many there were.
  size_t grow(size_t count) {
    std::vector<std::string> pairs = frequent_pairs(count);
    for (std::string& pair : pairs) tokens_.insert(std::move(pair));
    segment();
    return pairs.size();
  }

  // Drops the tokens that save least until `size` are left.
  void shrink(size_t size) {
    while (tokens_.size() > size) {
      std::vector<Valued> values = token_values();
      const size_t count = std::min(tokens_.size() - size, tokens_.size() / kShrinkage);
      const auto dropped = values.end() - static_cast<ptrdiff_t>(count);
      std::nth_element(values.begin(), dropped, values.end(), is_better);
      for (auto it = dropped; it != values.end(); ++it) tokens_.erase(it->token);
      segment();
    }
  }

 private:
  void segment() {
    const std::vector<std::string> sorted(tokens_.begin(), tokens_.end());
    // They are sorted, different, of legal length, and all bytes are there.
    if (!Vocabulary::create(sorted, &vocabulary_).ok()) std::abort();
    tokenizer_ = Tokenizer(vocabulary_);
    segment_count_ = tokenizer_.encode(text_, segments_);
  }

  [[nodiscard]] std::string string_of(Token token) const {
    const std::span<const uint8_t> bytes = vocabulary_.bytes(token);
    return {bytes.begin(), bytes.end()};
  }

  // Pairs of neighbours that may be and are not yet a token, those seen most often first.
  [[nodiscard]] std::vector<std::string> frequent_pairs(size_t count) const {
    PairCounts counts;
    for (size_t i = 1; i < segment_count_; ++i) counts.add(segments_[i - 1], segments_[i]);
    std::vector<PairCounts::Entry> entries = counts.seen_at_least(2);
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      return a.count != b.count ? a.count > b.count : a.pair < b.pair;
    });
    std::vector<std::string> pairs;
    for (const PairCounts::Entry& entry : entries) {
      if (pairs.size() == count) break;
      std::string pair = string_of(entry.first()) + string_of(entry.second());
      const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(pair.data()),
                                           pair.size());
      if (bytes.size() > kTokenBytesMax || !may_be_token(bytes)) continue;
      // One that is a token already was cut otherwise by what comes before it. Two pairs may make
      // the same token; it is then counted twice here, and inserted once.
      if (!tokens_.contains(pair)) pairs.push_back(std::move(pair));
    }
    return pairs;
  }

  // What each token of more than one byte saves.
  [[nodiscard]] std::vector<Valued> token_values() const {
    const std::vector<PartCounts> uses = count_uses();
    std::vector<Valued> values;
    for (size_t id = 0; id < vocabulary_.size(); ++id) {
      const auto token = static_cast<Token>(id);
      if (vocabulary_.bytes(token).size() == 1) continue;
      values.push_back({spread_uses(uses[id]) * (pieces_without(token) - 1), string_of(token)});
    }
    return values;
  }

  using PartCounts = std::array<uint32_t, kParts>;

  [[nodiscard]] std::vector<PartCounts> count_uses() const {
    std::vector<PartCounts> uses(vocabulary_.size());
    for (size_t i = 0; i < segment_count_; ++i) ++uses[segments_[i]][i * kParts / segment_count_];
    return uses;
  }

  static uint64_t spread_uses(const PartCounts& counts) {
    const uint64_t all = std::accumulate(counts.begin(), counts.end(), uint64_t{0});
    return all - *std::max_element(counts.begin(), counts.end());
  }

  // Tokens that the bytes of a token would take if it did not exist.
  [[nodiscard]] uint64_t pieces_without(Token token) const {
    const std::span<const uint8_t> bytes = vocabulary_.bytes(token);
    const uint8_t* const end = bytes.data() + bytes.size();
    const uint8_t* next = bytes.data();
    next += tokenizer_.longest(next, end - 1).length;
    uint64_t pieces = 1;
    for (; next != end; ++pieces) next += tokenizer_.longest(next, end).length;
    return pieces;
  }

  std::span<const uint8_t> text_;
  std::set<std::string, TokenOrder> tokens_;
  Vocabulary vocabulary_;  // of tokens_
  Tokenizer tokenizer_{vocabulary_};
  std::vector<Token> segments_;  // the text, [text.size()]
  size_t segment_count_ = 0;
};

}  // namespace

Vocabulary train_vocabulary(std::span<const uint8_t> text, size_t size,
                            const std::function<void(const VocabularyProgress&)>& on_round) {
  Trainer trainer(text);
  size_t round = 0;
  const auto report = [&] {
    if (on_round) on_round({++round, trainer.size(), trainer.segments()});
  };
  while (trainer.size() < size && trainer.grow(trainer.size() / kGrowth) != 0) report();
  size_t extra = size * kExtraPercent / 100;
  for (unsigned exchange = 0; exchange < kExchanges; ++exchange) {
    trainer.shrink(size);
    report();
    trainer.grow(extra);
    extra = extra * kExtraLaterPercent / 100;
  }
  trainer.shrink(size);
  report();
  return trainer.vocabulary();
}

}  // namespace pith::model
