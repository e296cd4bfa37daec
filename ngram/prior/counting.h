// Counts what follows the contexts of a prior in any amount of text, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ngram/prior/contexts.h"
#include "ngram/prior/samples.h"

namespace pith::ngram {

// Texts to learn from.
struct PriorTexts {
  std::span<const uint8_t> bytes;          // at most kSamplesMax
  std::span<const SampleRange> documents;  // in ascending order

  [[nodiscard]] uint64_t size() const {
    uint64_t total = 0;
    for (const SampleRange& d : documents) total += d.size();
    return total;
  }
};

// A context that recurs.
struct ContextCount {
  uint32_t hash = 0;
  uint32_t seen = 0;      // times
  uint32_t chunks = 0;    // parts of the text, of equal size, that have it
  uint32_t first = 0;     // of its successors
  uint32_t distinct = 0;  // successors
  float gain = 0;         // bits each time it is seen, against the prediction of the lower context
};

struct Successor {
  uint8_t byte = 0;
  float share = 0;
};

// Of one context of kPriorContexts, in order of the hash.
struct ContextCounts {
  std::vector<ContextCount> context;
  std::vector<Successor> successor;  // of each context the most frequent first

  [[nodiscard]] const ContextCount* find(uint32_t hash) const;
  [[nodiscard]] std::span<const Successor> successors_of(const ContextCount& c) const {
    return std::span(successor).subspan(c.first, c.distinct);
  }
};

struct CountingLimits {
  uint64_t work_bytes = uint64_t{1} << 30;  // memory for sorting; results come on top of it
  uint32_t chunk_bytes = 1u << 17;          // a power of two
  uint32_t least_seen = 4;
  uint32_t least_chunks = 4;
};

// [kPriorContexts.size()] counts. progress: told how many of the counting_bytes() were read; a true
// return stops, and nothing is returned. Throws std::bad_alloc.
[[nodiscard]] std::vector<ContextCounts> count_contexts(
    const PriorTexts& texts, const CountingLimits& limits,
    const std::function<bool(uint64_t)>& progress);
// Bytes that counting reads: the texts several times over.
[[nodiscard]] uint64_t counting_bytes(const PriorTexts& texts, const CountingLimits& limits);

}  // namespace pith::ngram
