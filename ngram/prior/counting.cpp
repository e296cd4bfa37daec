#include "ngram/prior/counting.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <memory>
#include <utility>

#include "ngram/history.h"

namespace pith::ngram {
namespace {

// Places where a context stands: its hash above, the position of what follows below. Sorted, the
// places of a context are together and in order.
using Place = uint64_t;

uint32_t hash_of(Place p) { return static_cast<uint32_t>(p >> 32); }
uint32_t position_of(Place p) { return static_cast<uint32_t>(p); }

constexpr uint32_t kDigit = 11;          // bits that a pass of the sort looks at
constexpr uint32_t kWarmUp = 64;         // bytes that features which last are made of
constexpr double kLostShare = 1.0 / 64;  // of what a lower context does not know at all

// log2 of the number of parts that the hashes are cut into, one pass over the text each.
uint32_t part_bits(uint64_t text, uint64_t work_bytes) {
  uint32_t bits = 0;
  while (bits < 16 && (2 * sizeof(Place) * text) >> bits > work_bytes) ++bits;
  return bits;
}

// Begins a document. The tables of what followed a byte are none of a prior's features and stay.
void restart(History* history) {
  std::fill(std::begin(history->feature), std::end(history->feature), 0u);
  history->last8 = 0;
  history->position = history->line_start = history->previous_line = 0;
}

// By hash; equal ones stay in order.
void sort_places(std::vector<Place>* places, std::vector<Place>* scratch) {
  scratch->resize(places->size());
  for (uint32_t shift = 32; shift < 64; shift += kDigit) {
    std::array<size_t, (1u << kDigit) + 1> start{};
    const auto digit = [shift](Place p) { return p >> shift & ((1u << kDigit) - 1); };
    for (const Place p : *places) ++start[digit(p) + 1];
    for (size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    for (const Place p : *places) (*scratch)[start[digit(p)]++] = p;
    std::swap(*places, *scratch);
  }
}

class Counter {
 public:
  Counter(const PriorTexts& texts, const CountingLimits& limits,
          const std::function<bool(uint64_t)>& progress)
      : texts_(texts),
        limits_(limits),
        progress_(progress),
        part_bits_(part_bits(texts.size(), limits.work_bytes)),
        history_(std::make_unique<History>()) {}

  bool count(size_t context, const ContextCounts* lower, ContextCounts* out) {
    for (uint32_t part = 0; part < 1u << part_bits_; ++part) {
      if (!collect(kPriorContexts[context].spec, part)) return false;
      sort_places(&places_, &scratch_);
      for (size_t i = 0, j = 0; i < places_.size(); i = j) {
        while (j < places_.size() && hash_of(places_[j]) == hash_of(places_[i])) ++j;
        if (j - i >= limits_.least_seen) add(context, {places_.data() + i, j - i}, lower, out);
      }
    }
    return true;
  }

 private:
  // The places of the contexts whose hash is in this part. False: stopped.
  bool collect(const ContextSpec& spec, uint32_t part) {
    places_.clear();
    for (const SampleRange& document : texts_.documents) {
      restart(history_.get());
      for (uint32_t i = document.begin; i < document.end; ++i) {
        const uint32_t hash = spec.hash(*history_);
        if (uint64_t{hash} >> (32 - part_bits_) == part) places_.push_back(Place{hash} << 32 | i);
        history_->append(texts_.bytes.data() + document.begin);
      }
      read_ += document.size();
      if (progress_(read_)) return false;
    }
    return true;
  }

  // places: of one context.
  void add(size_t context, std::span<const Place> places, const ContextCounts* lower,
           ContextCounts* out) {
    ContextCount c;
    c.hash = hash_of(places[0]);
    c.seen = static_cast<uint32_t>(places.size());
    const auto chunk_shift = static_cast<uint32_t>(std::countr_zero(limits_.chunk_bytes));
    uint32_t last_chunk = UINT32_MAX;
    for (const Place p : places) {
      const uint32_t chunk = position_of(p) >> chunk_shift;
      c.chunks += chunk != last_chunk ? 1 : 0;
      last_chunk = chunk;
    }
    if (c.chunks < limits_.least_chunks) return;
    std::array<uint32_t, 256> times{};
    for (const Place p : places) ++times[texts_.bytes[position_of(p)]];
    c.first = static_cast<uint32_t>(out->successor.size());
    for (size_t b = 0; b < times.size(); ++b) {
      if (times[b] == 0) continue;
      out->successor.push_back(
          {static_cast<uint8_t>(b), static_cast<float>(times[b]) / static_cast<float>(c.seen)});
    }
    c.distinct = static_cast<uint32_t>(out->successor.size()) - c.first;
    std::stable_sort(out->successor.begin() + c.first, out->successor.end(),
                     [](const Successor& x, const Successor& y) { return x.share > y.share; });
    c.gain = gain(out->successors_of(c), c, context, position_of(places[0]), lower);
    out->context.push_back(c);
  }

  // The divergence of what follows a context from what follows the lower one at the same place.
  float gain(std::span<const Successor> successors, const ContextCount& c, size_t context,
             uint32_t position, const ContextCounts* lower) {
    const ContextCount* below = nullptr;
    if (lower != nullptr) {
      below = lower->find(hash_at(kPriorContexts[kPriorContexts[context].lower].spec, position));
    }
    std::array<double, 256> expected;
    expected.fill(below != nullptr   ? 1.0 / (2.0 * below->seen)
                  : lower != nullptr ? kLostShare
                                     : 1.0 / 256);
    if (below != nullptr) {
      for (const Successor& s : lower->successors_of(*below)) expected[s.byte] = double{s.share};
    }
    double bits = 0;
    for (const Successor& s : successors) {
      bits += double{s.share} * std::log2(double{s.share} / expected[s.byte]);
    }
    // Few observations look more certain than what they come from.
    return static_cast<float>(bits - 0.72 * static_cast<double>(c.distinct) / c.seen);
  }

  // Hash of a context at a position, from the bytes just before it.
  uint32_t hash_at(const ContextSpec& spec, uint32_t position) {
    const auto next =
        std::upper_bound(texts_.documents.begin(), texts_.documents.end(), position,
                         [](uint32_t p, const SampleRange& d) { return p < d.begin; });
    const uint32_t start = (next - 1)->begin;
    const uint32_t from = position - start > kWarmUp ? position - kWarmUp : start;
    restart(history_.get());
    while (history_->position < position - from) history_->append(texts_.bytes.data() + from);
    return spec.hash(*history_);
  }

  const PriorTexts& texts_;
  const CountingLimits& limits_;
  const std::function<bool(uint64_t)>& progress_;
  const uint32_t part_bits_;
  std::unique_ptr<History> history_;
  std::vector<Place> places_;
  std::vector<Place> scratch_;
  uint64_t read_ = 0;  // bytes
};

}  // namespace

const ContextCount* ContextCounts::find(uint32_t hash) const {
  const auto at = std::lower_bound(context.begin(), context.end(), hash,
                                   [](const ContextCount& c, uint32_t h) { return c.hash < h; });
  return at != context.end() && at->hash == hash ? &*at : nullptr;
}

uint64_t counting_bytes(const PriorTexts& texts, const CountingLimits& limits) {
  const uint64_t size = texts.size();
  return (kPriorContexts.size() * size) << part_bits(size, limits.work_bytes);
}

std::vector<ContextCounts> count_contexts(const PriorTexts& texts, const CountingLimits& limits,
                                          const std::function<bool(uint64_t)>& progress) {
  std::vector<ContextCounts> counts(kPriorContexts.size());
  Counter counter(texts, limits, progress);
  for (size_t i = 0; i < kPriorContexts.size(); ++i) {
    const size_t lower = kPriorContexts[i].lower;
    if (!counter.count(i, lower != i ? &counts[lower] : nullptr, &counts[i])) return {};
  }
  return counts;
}

}  // namespace pith::ngram
