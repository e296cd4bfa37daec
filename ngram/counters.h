// Counters: for the decisions of contexts that were met before, how often each outcome came, as an
// adaptive probability of its own.
//
// A slot's bit history says in 8 bits what was seen and in which order, and is worth what such
// histories were worth elsewhere. A counter says how likely the outcome was just here, and how
// often that was tried: the better witness where a context was met often.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "codec/natural_log.h"
#include "ngram/adaptive_probability.h"
#include "ngram/kernels_scalar.h"

namespace pith::ngram {

// The counters of a nibble's 15 decisions after one context, one cache line.
struct alignas(64) CounterLine {
  static constexpr size_t kNodes = 15;
  AdaptiveProbability node[kNodes];
  uint32_t check;  // odd; 0: empty
};
static_assert(sizeof(CounterLine) == 64);

// For kContexts contexts, a table each.
template <size_t kContexts>
class Counters {
 public:
  static constexpr size_t kInputs = 2 * kContexts;

  // log2 of the lines of a table, for a block of raw_size bytes: about a line for two bytes.
  [[nodiscard]] static constexpr uint32_t line_bits(uint32_t raw_size) {
    uint32_t bits = 8;
    while (bits < 18 && (uint64_t{2} << bits) < raw_size) ++bits;
    return bits;
  }
  [[nodiscard]] static constexpr size_t memory_bytes(uint32_t raw_size) {
    return kContexts * (sizeof(CounterLine) << line_bits(raw_size));
  }

  // memory: memory_bytes(), zeroed here, 64-byte aligned.
  void init(uint8_t* memory, uint32_t raw_size) {
    bits_ = line_bits(raw_size);
    std::memset(memory, 0, memory_bytes(raw_size));
    table_ = reinterpret_cast<CounterLine*>(memory);
    node_ = 0;
    for (auto& line : line_) line = table_;
  }

  // At the start of a nibble. hash(i): of context i and the decisions of the byte before it.
  template <class Hash>
  [[gnu::always_inline]] void enter(Hash hash) {
    node_ = 0;
    uint32_t h[kContexts];
    for (size_t i = 0; i < kContexts; ++i) {
      h[i] = hash(i);
      // Both lines that it may have are one after the other, in two neighbouring cache lines.
      __builtin_prefetch(place(i, h[i]), 1);
      __builtin_prefetch(other(place(i, h[i]), h[i]), 1);
    }
    for (size_t i = 0; i < kContexts; ++i) line_[i] = find(place(i, h[i]), h[i]);
  }

  // out: [kInputs]: of each counter its logit, and its distance from 1/2 weighed by how much it has
  // seen; 0 for those that have seen nothing.
  [[gnu::always_inline]] void inputs(int16_t* out) const {
    for (size_t i = 0; i < kContexts; ++i) {
      const AdaptiveProbability e = line_[i]->node[node_];
      const auto p = static_cast<int32_t>(e >> 10);
      const uint32_t n = e & kCountMask;
      const int32_t logit = codec::natural_log(static_cast<uint32_t>(p) + 1) -
                            codec::natural_log(static_cast<uint32_t>((1 << 22) - p));
      out[2 * i] = static_cast<int16_t>(n == 0 ? 0 : std::clamp(logit, -kInputMax, kInputMax));
      out[2 * i + 1] = static_cast<int16_t>(((p - (1 << 21)) >> 10) * trust(n) / 2);
    }
  }

  [[gnu::always_inline]] void update(uint32_t bit) {
    for (size_t i = 0; i < kContexts; ++i) {
      AdaptiveProbability& e = line_[i]->node[node_];
      e = updated(e, bit);
    }
    node_ = 2 * node_ + 1 + bit;
  }

 private:
  [[gnu::always_inline]] static int32_t trust(uint32_t n) {
    return n == 0 ? 0 : n < 3 ? 1 : n < 8 ? 2 : n < 30 ? 3 : 4;
  }
  [[nodiscard]] [[gnu::always_inline]] CounterLine* place(size_t i, uint32_t hash) const {
    return table_ + (i << bits_) + (hash * 0x9E3779B1u >> (32 - bits_));
  }
  // Its neighbour.
  [[nodiscard]] [[gnu::always_inline]] CounterLine* other(CounterLine* line, uint32_t hash) const {
    const uint32_t odd = hash * 0x9E3779B1u >> (32 - bits_) & 1;
    return odd != 0 ? line - 1 : line + 1;
  }

  // The line of a hash; the one that has seen less is made free for it if there is none.
  [[gnu::always_inline]] CounterLine* find(CounterLine* first, uint32_t hash) const {
    const uint32_t check = (hash ^ hash >> 16) * 0x85EBCA6Bu | 1;
    if (first->check == check) return first;
    CounterLine* const second = other(first, hash);
    if (second->check == check) return second;
    const bool keep_second = (first->node[0] & kCountMask) <= (second->node[0] & kCountMask);
    CounterLine* const line = keep_second ? first : second;
    std::fill_n(line->node, CounterLine::kNodes, adaptive_probability(1u << 21, 0));
    line->check = check;
    return line;
  }

  CounterLine* table_;
  uint32_t bits_;
  uint32_t node_;  // of the decision in its nibble
  CounterLine* line_[kContexts];
};

// None.
template <>
class Counters<0> {
 public:
  static constexpr size_t kInputs = 0;
  [[nodiscard]] static constexpr size_t memory_bytes(uint32_t /*raw_size*/) { return 0; }
  void init(uint8_t* /*memory*/, uint32_t /*raw_size*/) {}
  template <class Hash>
  void enter(Hash /*hash*/) {}
  void inputs(int16_t* /*out*/) const {}
  void update(uint32_t /*bit*/) {}
};

}  // namespace pith::ngram
