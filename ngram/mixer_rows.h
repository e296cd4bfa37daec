// What picks the rows of weights of the mixers beside a network: small contexts, one line each.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pith::ngram {

// Classes of how sure a prediction is, and of what.
inline constexpr uint32_t kViewClasses = 16;

// What a decision is known by before it is mixed.
struct RowFacts {
  uint32_t node;         // of the byte code, below 256
  uint32_t phase;        // 0: the first decision of a byte, 1: the next three, 2: the rest
  uint32_t match;        // MatchModel::mixer_class() ...
  uint32_t certainty;    // ... and its three classes
  uint32_t orders;       // contexts of rising length that were found, 0..5 ...
  uint32_t found;        // ... and seven others, bit by bit
  uint32_t share;        // how much of the network's probability has an opinion, 0..3
  uint32_t network;      // class of what the network says
  uint32_t ngrams;       // ... and of what the n-grams say
  uint32_t last_bytes;   // four, the newest in the lowest bits
  uint32_t word;         // hashes of the word in work, 0 outside of one ...
  uint32_t word_before;  // ... and of the one before it
  uint32_t word_length;  // letters of the word in work, 7 for more
  uint32_t above;        // Feature::kAbove2
};

enum class RowBy : uint8_t {
  kView,           // what the network says, its share, the phase
  kNodeShare,      // the node and that share
  kNodeNgrams,     // the node and what the n-grams say
  kNodeCertainty,  // the node and certainty of the match
  kMatch,          // match, orders, length of the word
  kFound,          // which contexts were found, what the network says
  kBytes2,         // the last two bytes and the phase ...
  kBytes3,         // ... the last three
  kWord,           // ... the word
  kWordBefore,     // ... the word before it
  kWords,          // ... both
  kAbove,          // ... the bytes of the line above
  kNodeByte,       // the node and the last byte
  kNodeSkip,       // the node and the byte before the last
};

// Rows of those that are hashed.
inline constexpr int kHashedRowBits = 11;

[[nodiscard]] constexpr uint32_t row_count(RowBy by) {
  switch (by) {
    case RowBy::kView:
      return kViewClasses * 4 * 3;
    case RowBy::kNodeShare:
      return 256 * 4;
    case RowBy::kNodeNgrams:
      return 256 * kViewClasses;
    case RowBy::kNodeCertainty:
      return 256 * 3;
    case RowBy::kMatch:
      return 8 * 17 * 6;
    case RowBy::kFound:
      return 128 * kViewClasses;
    default:
      return 1u << kHashedRowBits;
  }
}

// Whether a row is known before anything was said of the decision.
[[nodiscard]] constexpr bool is_known_early(RowBy by) { return by >= RowBy::kBytes2; }

[[nodiscard]] [[gnu::always_inline]] constexpr uint32_t row_hash(uint32_t a, uint32_t b) {
  return (a * 0x9E3779B1u + b * 0x85EBCA6Bu) * 0xC2B2AE35u >> (32 - kHashedRowBits);
}

template <RowBy kBy>
[[nodiscard]] [[gnu::always_inline]] constexpr uint32_t row_of(const RowFacts& f) {
  switch (kBy) {
    case RowBy::kView:
      return (f.network * 4 + f.share) * 3 + f.phase;
    case RowBy::kNodeShare:
      return f.node + 256 * f.share;
    case RowBy::kNodeNgrams:
      return f.node * kViewClasses + f.ngrams;
    case RowBy::kNodeCertainty:
      return f.node + 256 * f.certainty;
    case RowBy::kFound:
      return f.found * kViewClasses + f.network;
    case RowBy::kMatch:
      return (f.word_length * 17 + f.match) * 6 + f.orders;
    case RowBy::kBytes2:
      return row_hash(f.last_bytes & 0xFFFF, f.phase);
    case RowBy::kBytes3:
      return row_hash(f.last_bytes & 0xFFFFFF, f.phase);
    case RowBy::kWord:
      return row_hash(f.word, f.phase);
    case RowBy::kWordBefore:
      return row_hash(f.word_before, f.phase);
    case RowBy::kWords:
      return row_hash(f.word * 0xC2B2AE35u + f.word_before, f.phase);
    case RowBy::kAbove:
      return row_hash(f.above, f.phase);
    case RowBy::kNodeByte:
      return row_hash(f.last_bytes & 0xFF, f.node);
    case RowBy::kNodeSkip:
      return row_hash(f.last_bytes >> 8 & 0xFF, f.node);
  }
}

// The contexts that pick the rows of one mixer, in the order of its sets.
template <RowBy... kBy>
struct MixerRows {
  static constexpr size_t kSets = sizeof...(kBy);
  static constexpr uint32_t kRows[kSets] = {row_count(kBy)...};
  static constexpr uint32_t kAllRows = (row_count(kBy) + ...);

  [[gnu::always_inline]] static void pick(const RowFacts& facts, uint32_t* row) {
    size_t s = 0;
    ((row[s++] = row_of<kBy>(facts)), ...);
  }
  // fetch(set, row) for those that are known early.
  template <class Fetch>
  [[gnu::always_inline]] static void early(const RowFacts& facts, Fetch fetch) {
    size_t s = 0;
    ((is_known_early(kBy) ? fetch(s, row_of<kBy>(facts)) : void(), ++s), ...);
  }
};

}  // namespace pith::ngram
