#include "model/vocab/trainer.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/vocab/pair_counts.h"
#include "model/vocab/tokenizer.h"

namespace pith::model {
namespace {

using Token = Vocabulary::Token;

struct Scored {
  uint64_t value;
  std::string token;
};

// The best first; equal ones in the order of their bytes, so that the result depends on nothing
// else.
bool better(const Scored& a, const Scored& b) {
  return a.value != b.value ? a.value > b.value : a.token < b.token;
}

class Trainer {
 public:
  Trainer(std::span<const uint8_t> text, const VocabularyTraining& training)
      : text_(text), training_(training), segments_(text.size()) {
    for (unsigned byte = 0; byte < 256; ++byte)
      tokens_.insert(std::string(1, static_cast<char>(byte)));
    segment();
  }

  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] size_t size() const { return tokens_.size(); }
  [[nodiscard]] size_t segments() const { return segment_count_; }

  // Adds up to `count` pairs; returns how many there were.
  size_t grow(size_t count) {
    std::vector<Scored> pairs = frequent_pairs(count);
    for (Scored& pair : pairs) tokens_.insert(std::move(pair.token));
    segment();
    return pairs.size();
  }

  // Drops the tokens that save least until `size` are left, few enough at a time that the values of
  // the others stay about right.
  void shrink(size_t size) {
    while (tokens_.size() > size) {
      std::vector<Scored> values = token_values();
      const size_t excess = tokens_.size() - size;
      const size_t count = std::min(excess, std::max<size_t>(tokens_.size() / 25, 1));
      const auto kept = values.end() - static_cast<ptrdiff_t>(count);
      std::nth_element(values.begin(), kept, values.end(), better);
      for (auto it = kept; it != values.end(); ++it) tokens_.erase(it->token);
      segment();
    }
  }

 private:
  void segment() {
    const std::vector<std::string> sorted(tokens_.begin(), tokens_.end());
    // Sorted, unique, of legal length and with all bytes: no error is possible.
    if (!Vocabulary::create(sorted, &vocabulary_).ok()) std::abort();
    tokenizer_ = Tokenizer(vocabulary_);
    segment_count_ = tokenizer_.encode(text_, segments_);
  }

  [[nodiscard]] std::string string_of(Token token) const {
    const auto bytes = vocabulary_.bytes(token);
    return {bytes.begin(), bytes.end()};
  }

  [[nodiscard]] std::vector<Scored> frequent_pairs(size_t count) const {
    PairCounts counts;
    for (size_t i = 1; i < segment_count_; ++i) counts.add(segments_[i - 1], segments_[i]);
    std::vector<PairCounts::Entry> entries;
    counts.for_each([&](const PairCounts::Entry& entry) {
      if (entry.count >= 2) entries.push_back(entry);
    });
    // Counted first: whether a pair may be a token is asked only for those that are likely taken.
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      return a.count != b.count ? a.count > b.count : a.pair < b.pair;
    });
    std::vector<Scored> pairs;
    for (const PairCounts::Entry& entry : entries) {
      if (pairs.size() == count) break;
      std::string joined = string_of(static_cast<Token>(entry.pair >> 16)) +
                           string_of(static_cast<Token>(entry.pair));
      if (joined.size() > kTokenBytesMax) continue;
      if (!may_be_token(training_.rule,
                        {reinterpret_cast<const uint8_t*>(joined.data()), joined.size()}))
        continue;
      if (tokens_.contains(joined)) continue;
      pairs.push_back({entry.count, std::move(joined)});
    }
    return pairs;
  }

  // Of all tokens of more than one byte.
  [[nodiscard]] std::vector<Scored> token_values() const {
    std::vector<uint64_t> uses(vocabulary_.size());
    for (size_t i = 0; i < segment_count_; ++i) ++uses[segments_[i]];
    std::vector<Scored> values;
    for (size_t id = 0; id < vocabulary_.size(); ++id) {
      const auto token = static_cast<Token>(id);
      if (vocabulary_.bytes(token).size() == 1) continue;
      values.push_back({uses[id] * (pieces_without(token) - 1), string_of(token)});
    }
    return values;
  }

  // Tokens that the bytes of a token would take if it did not exist.
  [[nodiscard]] uint64_t pieces_without(Token token) const {
    const auto bytes = vocabulary_.bytes(token);
    const uint8_t* const end = bytes.data() + bytes.size();
    const uint8_t* next = bytes.data();
    next += tokenizer_.longest(next, end - 1).length;
    uint64_t pieces = 1;
    for (; next != end; ++pieces) next += tokenizer_.longest(next, end).length;
    return pieces;
  }

  std::span<const uint8_t> text_;
  const VocabularyTraining& training_;
  std::set<std::string> tokens_;
  Vocabulary vocabulary_;
  Tokenizer tokenizer_{vocabulary_};
  std::vector<Token> segments_;  // the text, [text.size()]
  size_t segment_count_ = 0;
};

}  // namespace

Vocabulary train_vocabulary(std::span<const uint8_t> text, const VocabularyTraining& training,
                            const std::function<void(const VocabularyProgress&)>& on_round) {
  Trainer trainer(text, training);
  size_t round = 0;
  const auto report = [&] {
    if (on_round) on_round({++round, trainer.size(), trainer.segments()});
  };
  while (trainer.size() < training.size) {
    const size_t step = std::max<size_t>(trainer.size() / 8, 1);
    if (trainer.grow(step) == 0) break;
    report();
  }
  double slack = 0.3;
  for (uint32_t i = 0; i < training.rounds; ++i) {
    const size_t extra = static_cast<size_t>(slack * static_cast<double>(training.size));
    trainer.grow(training.size + extra - std::min(trainer.size(), training.size + extra));
    trainer.shrink(training.size);
    report();
    slack *= 0.85;
  }
  return trainer.vocabulary();
}

}  // namespace pith::model
