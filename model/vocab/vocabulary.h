// A vocabulary: the tokens a network predicts, and the binary decisions that lead to each.
//
// A token is a string of 1 to 32 bytes; all 256 single bytes are tokens, so every text can be
// written in them. Tokens are sorted by the codes of their bytes (codec::kTextByteCode), a prefix
// before what it begins, and their ids are their places in that order: the tokens that begin with
// given bytes and decisions of a next byte are a range of ids. Hence a symbol walk (model/walk.h)
// narrows a range until one token is left. Before each byte but the first it asks whether the token
// ends here, if some token in the range does; then it asks for the decisions of the byte:
//
//   outcome 0   the token ends here; the decision is 0     ids [low, mid)
//   outcome 1   the token goes on;   the decision is 1     ids [mid, high)
//
// so the network's probability of an outcome is a ratio of sums over ranges of ids. A decision that
// has one outcome is forced and has no mid. n tokens have exactly n - 1 decisions that are not
// forced, each with a mid of its own; they form a binary tree, kept here by their mids.
//
// Not changed after create(); any number of threads may use one. References to a vocabulary
// (cursors hold one) are good while it lives and is not moved.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/byte_code.h"
#include "model/file_error.h"

namespace pith::model {

inline constexpr size_t kTokenBytesMax = 32;
inline constexpr size_t kVocabularyMin = 256;  // tokens
inline constexpr size_t kVocabularyMax = 32768;

// Places in a walk for each byte of a token: "ends here?" and the decisions of its code.
inline constexpr uint32_t kPlaces = 1 + codec::ByteCode::kLongest;

// The order of tokens.
struct TokenOrder {
  [[nodiscard]] bool operator()(std::string_view a, std::string_view b) const;
};

// Ids [low, high).
struct TokenRange {
  uint32_t low;
  uint32_t high;

  [[nodiscard]] uint32_t size() const { return high - low; }
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

class Vocabulary {
 public:
  using Token = uint16_t;  // an id

  // A place on the way to a token; cheap to copy.
  class Cursor;

  // A decision with two outcomes: a node of the tree of decisions.
  struct Decision {
    // The mid of the next such decision after outcome 0 and 1; 0: one token is left.
    uint16_t next[2];
    // Where it is: kPlaces * i before byte i ("ends here?"), kPlaces * i + 1 + k at decision k of
    // byte i.
    uint16_t place;
  };

  // Empty, of no use but to be assigned to.
  Vocabulary() = default;

  // Makes a vocabulary of tokens sorted by TokenOrder. offset of an error: number of the token.
  // Errors: fewer or more tokens than allowed, an empty or too long token, tokens that are unsorted
  // or equal, a single byte that is missing.
  [[nodiscard]] static FileError create(std::span<const std::string> tokens, Vocabulary* result);

  [[nodiscard]] size_t size() const { return decisions_.size(); }
  [[nodiscard]] std::span<const uint8_t> bytes(Token token) const {
    return {bytes_.data() + starts_[token], starts_[token + 1] - starts_[token]};
  }
  // Of all tokens together.
  [[nodiscard]] size_t total_bytes() const { return bytes_.size(); }

  // The start of a walk.
  [[nodiscard]] Cursor cursor() const;

  // The tree of decisions, for those who want to cut it: the mid of the first decision, and the
  // decision of each mid, 1 .. size() - 1.
  [[nodiscard]] uint32_t root() const { return root_; }
  [[nodiscard]] const Decision& decision(uint32_t mid) const { return decisions_[mid]; }

  // XXH3-64 of all tokens, each as its length (one byte) and its bytes: the vocabulary's name in
  // model files.
  [[nodiscard]] uint64_t hash() const { return hash_; }

 private:
  void build_decisions();
  // The outcome of the decision at a place on the way to a token.
  [[nodiscard]] uint32_t outcome(Token token, uint32_t place) const;
  // Where two neighbours part: the place of the decision whose mid is the second.
  [[nodiscard]] uint16_t parting(Token token) const;

  std::vector<uint8_t> bytes_;       // tokens one after another
  std::vector<uint32_t> starts_;     // [size + 1] in bytes_
  std::vector<Decision> decisions_;  // [size], by mid; [0] unused
  uint32_t root_ = 0;
  uint64_t hash_ = 0;
};

class Vocabulary::Cursor {
 public:
  // One token is left. What remains of its bytes need not be asked for; whoever asks all the same
  // finds every decision forced, at last that the token ends.
  [[nodiscard]] bool done() const { return mid_ == 0; }
  // The only outcome the next decision can have, or -1 if it has two.
  [[nodiscard]] int forced() const {
    if (place_ == vocabulary_->decisions_[mid_].place) return -1;
    return static_cast<int>(vocabulary_->outcome(static_cast<Token>(low_), place_));
  }
  // The outcome of the next decision on the way to a token of the range. Not when done().
  [[nodiscard]] uint32_t towards(Token token) const {
    const int only = forced();
    if (only >= 0) return static_cast<uint32_t>(only);
    return token >= mid_ ? 1 : 0;
  }
  // Takes an outcome that is possible.
  void step(uint32_t outcome) {
    const Decision& decision = vocabulary_->decisions_[mid_];
    const bool parts = place_ == decision.place;
    if (at_end_decision()) {
      node_ = 0;
      ++place_;
    } else {
      node_ = codec::kTextByteCode.child[outcome][node_];
      place_ = node_ < codec::ByteCode::kLeaf ? place_ + 1 : kPlaces * (byte_count() + 1);
    }
    if (!parts) return;
    (outcome != 0 ? low_ : high_) = mid_;
    mid_ = decision.next[outcome];
  }
  // When done().
  [[nodiscard]] Token token() const { return static_cast<Token>(low_); }

  // What can still come, and its part of it for either outcome of the next decision; the latter
  // only if that is not forced.
  [[nodiscard]] TokenRange range() const { return {low_, high_}; }
  [[nodiscard]] TokenRange range(uint32_t outcome) const {
    return outcome != 0 ? TokenRange{mid_, high_} : TokenRange{low_, mid_};
  }
  // Whether the next decision is "ends here", not one of a byte.
  [[nodiscard]] bool at_end_decision() const { return place_ % kPlaces == 0; }
  // Bytes of the token that are decided.
  [[nodiscard]] uint32_t byte_count() const { return place_ / kPlaces; }

 private:
  friend class Vocabulary;
  explicit Cursor(const Vocabulary* vocabulary)
      : vocabulary_(vocabulary),
        high_(static_cast<uint32_t>(vocabulary->size())),
        mid_(vocabulary->root()) {}

  const Vocabulary* vocabulary_;
  uint32_t low_ = 0;
  uint32_t high_;
  uint32_t mid_;        // of the next decision with two outcomes; 0: none
  uint32_t place_ = 1;  // of the next decision; no token ends before its first byte
  uint32_t node_ = 0;   // of the byte code
};

inline Vocabulary::Cursor Vocabulary::cursor() const { return Cursor(this); }

}  // namespace pith::model
