// The ensemble: which contexts model a block, one line a context, by level and content kind.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codec/byte_code.h"
#include "ngram/content_kind.h"
#include "ngram/history.h"

namespace pith::ngram {

inline constexpr size_t kNgramLevels = 4;
inline constexpr size_t kKinds = 3;
inline constexpr size_t kMaxContexts = 14;

// What a level spends. Everything here is part of the format.
struct LevelShape {
  size_t contexts;      // the first so many lines of the ensemble
  bool clipped;         // a second input a context: its logit, clipped
  size_t sets;          // of weights, rows picked by so many different contexts
  size_t maps;          // adaptive probability maps at the end
  bool long_matches;    // a second hash table of the match model
  uint32_t table_mib;   // most that the slot tables take together
  uint32_t rate_floor;  // learning rate of the mixers in the long run ...
  uint32_t rate_extra;  // ... and what is added to it at the start of a block
};

inline constexpr std::array<LevelShape, kNgramLevels> kLevels = {{
    {4, false, 2, 1, false, 16, 40, 300},
    {6, false, 3, 2, true, 64, 28, 260},
    {10, true, 4, 2, true, 128, 20, 200},
    {14, true, 4, 3, true, 192, 20, 200},
}};

// The hash of up to three features; id: of the context they make.
[[nodiscard]] [[gnu::always_inline]] constexpr uint32_t context_hash(uint32_t a, uint32_t b,
                                                                     uint32_t c, uint32_t id) {
  uint32_t x = (a + (id + 1) * 0x9E3779B9u) * 0x85EBCA6Bu;
  x = ((x ^ x >> 15) + b * 0xC2B2AE35u) * 0x27D4EB2Fu;
  x = ((x ^ x >> 13) + c * 0x165667B1u) * 0x9E3779B1u;
  return x ^ x >> 16;
}

// A context is the hash of up to three features.
struct ContextSpec {
  Feature a = Feature::kNone;
  Feature b = Feature::kNone;
  Feature c = Feature::kNone;

  // The same for a context wherever it stands: what it has seen can be carried from level to level.
  uint32_t id =
      static_cast<uint32_t>(a) | static_cast<uint32_t>(b) << 5 | static_cast<uint32_t>(c) << 10;

  // Of the context as it stands.
  [[nodiscard]] [[gnu::always_inline]] uint32_t hash(const History& history) const {
    return context_hash(history.get(a), history.get(b), history.get(c), id);
  }
  // Of features by their numbers.
  [[nodiscard]] [[gnu::always_inline]] uint32_t hash(const uint32_t* features) const {
    return context_hash(features[static_cast<size_t>(a)], features[static_cast<size_t>(b)],
                        features[static_cast<size_t>(c)], id);
  }
  [[nodiscard]] constexpr bool is_foretold() const {
    return History::is_foretold(a) && History::is_foretold(b) && History::is_foretold(c);
  }
};

using Ensemble = std::array<ContextSpec, kMaxContexts>;

namespace internal {

using enum Feature;

// [kind] contexts, the most useful first: a level takes as many as its shape says.
inline constexpr std::array<Ensemble, kKinds> kEnsembles = {{
    {{
        {kBytes2},
        {kBytes3},
        {kBytes4},
        {kWord, kWord1, kGap},
        {kWord, kByte1},
        {kByte1},
        {kBytes6},
        {kBytes5},
        {kIndirect1, kByte1},
        {kNone},
        {kAbove2, kByte1},
        {kWord, kWord2},
        {kIndirect2, kBytes2},
        {kWord, kWord1, kWord2},
    }},
    {{
        {kBytes2},
        {kBytes3},
        {kBytes4},
        {kBytes6},
        {kWord, kByte1},
        {kByte1},
        {kAbove2, kByte1},
        {kBytes5},
        {kLineStart, kField, kWord},
        {kWord, kWord1, kGap},
        {kIndirect1, kByte1},
        {kNone},
        {kColumn, kAbove},
        {kIndirect2, kBytes2},
    }},
    {{
        {kBytes2},
        {kBytes3},
        {kBytes4},
        {kByte1},
        {kBytes6},
        {kSkip1},
        {kNone},
        {kSkip2},
        {kIndirect1, kByte1},
        {kSkip3},
        {kBytes5},
        {kIndirect2, kBytes2},
        {kRecord1},
        {kRecord2},
    }},
}};

}  // namespace internal

[[nodiscard]] inline const codec::ByteCode& byte_code(ContentKind kind) {
  return kind == ContentKind::kText || kind == ContentKind::kStructured ? codec::kTextByteCode
                                                                        : codec::kFlatByteCode;
}

[[nodiscard]] constexpr const Ensemble& ensemble(ContentKind kind) {
  return internal::kEnsembles[static_cast<size_t>(kind) < kKinds ? static_cast<size_t>(kind)
                                                                 : kKinds - 1];
}

}  // namespace pith::ngram
