// The n-gram predictor: says how likely the next bit is a 1, and learns what it was.
//
// One object serves encoder and decoder. All arithmetic is on integers and the result is part of
// the format. Memory comes from the caller; nothing is allocated here.
//
//   contexts -> slots -> bit histories and runs -> adaptive probabilities -> logits --+
//   match model ----------------------------------------------------------> logits --+-> mixers ->
//   maps -> p
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "codec/logistic.h"
#include "ngram/adaptive_map.h"
#include "ngram/adaptive_probability.h"
#include "ngram/bit_history.h"
#include "ngram/ensemble.h"
#include "ngram/history.h"
#include "ngram/layout.h"
#include "ngram/match_model.h"
#include "ngram/mixer.h"
#include "ngram/prior/contexts.h"
#include "ngram/prior/prior_table.h"
#include "ngram/slot_table.h"
#include "ngram/start.h"
#include "ngram/state_map.h"
#include "ngram/unroll.h"

namespace pith::ngram {

template <class Kernels, size_t kLevel>
class Predictor {
 public:
  static constexpr LevelShape kShape = kLevels[kLevel];
  static constexpr size_t kContexts = kShape.contexts;

  // Places a predictor for a block of raw_size bytes at raw into memory: layout(...).total bytes,
  // 64-byte aligned. raw need only hold the bytes appended so far. The object is trivially
  // destructible. start: for this level and kind. prior: what contexts new to the block start with,
  // null: nothing.
  [[nodiscard]] static Predictor* create(ContentKind kind, const Start& start, const uint8_t* raw,
                                         uint32_t raw_size, uint8_t* memory,
                                         const PriorTable* prior = nullptr) {
    static_assert(sizeof(Predictor) <= kPredictorRoom);
    const Layout at = layout(kShape, raw_size);
    std::memset(memory, 0, at.zeroed);
    auto* p = new (memory + at.predictor) Predictor;
    p->init(kind, start, raw, at, memory, prior);
    return p;
  }

  // Probability that the next decision is a 1, in 1/2^24, within [2^4, 2^24 - 2^4].
  [[gnu::always_inline]] uint32_t predict() {
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) refiner_[m].choose(node_ + 1);
    match_.choose(path_, depth_);
    const auto match_logit = static_cast<int16_t>(
        codec::stretch(probability12(match_.map[match_.row])) * (1 << kInputBits));
    Kernels::template gather<kContexts, kPadded>(states_.logit, slot_, node_, match_logit, kBias,
                                                 input_);
    Kernels::template runs<kPadded>(run_pattern_, depth_ == 0 ? run_first_ : run_later_, path_,
                                    depth_, input_ + kPadded);
    if constexpr (kShape.clipped)
      Kernels::template clip<kPadded>(input_, kClip, input_ + 2 * kPadded);
    return mixed();
  }

  [[gnu::always_inline]] void update(uint32_t bit) {
    const auto rate = static_cast<int32_t>(kShape.rate_floor + (rate_extra_ >> 16));
    rate_extra_ -= rate_extra_ >> kRateDecay;
    mixer_.update(input_, bit, rate);
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) refiner_[m].update(bit);
    // The maps change slowly: one context in four learns from a decision.
    for (size_t i = turn_ & (kTurns - 1); i < kContexts; i += kTurns) {
      states_.update(256 * i + slot_[i][node_], bit);
    }
    ++turn_;
    const uint8_t* next = kBitHistory.next[bit].data();
    const uint32_t node = node_;
    PITH_UNROLL
    for (size_t i = 0; i < kContexts; ++i) {
      uint8_t& state = slot_[i][node];
      state = next[state];
    }
    match_.update(bit);
    path_ |= bit << (15 - depth_);
    ++depth_;
    at_ = code_->child[bit][at_];
    node_ = 2 * node_ + 1 + bit;
    if (at_ >= codec::ByteCode::kLeaf) return;
    if constexpr (kFetchesBytes) fetch_next_bytes();
    if ((depth_ & 3) == 3) fetch_next_slots();
    if ((depth_ & 3) == 0) enter_next_slots();
  }

  // What the decision that predict() was about was predicted from, for a second mixer: the inputs
  // of the first, and what picks its weights.
  [[nodiscard]] [[gnu::always_inline]] const int16_t* inputs() const { return input_; }
  struct Situation {
    uint32_t node;        // of the byte code
    uint32_t phase;       // 0: the first decision of a byte, 1: the next three, 2: the rest
    uint32_t match;       // MatchModel::mixer_class()
    uint32_t certainty;   // of the match model: 0 none, 1, 2
    uint32_t orders;      // contexts found of those of rising length, 0..5
    uint32_t found;       // of the seven after them, bit by bit
    uint32_t last_bytes;  // four, the newest in the lowest bits
  };
  [[nodiscard]] [[gnu::always_inline]] Situation situation() const {
    const uint32_t match = match_.mixer_class();
    const uint32_t phase = depth_ == 0 ? 0 : depth_ < 4 ? 1 : 2;
    const uint32_t certainty = match == 0 ? 0 : match < 5 ? 1 : 2;
    const auto orders = static_cast<uint32_t>(__builtin_popcount(found_ & kOrderMask));
    const uint32_t found = found_ >> kFoundShift & 0x7F;
    return {at_, phase, match, certainty, orders, found, static_cast<uint32_t>(history_.last8)};
  }
  // Of the byte in work: a feature of what comes before it, the hash of a context, and that of the
  // same context with the decisions of the byte up to a node.
  [[nodiscard]] [[gnu::always_inline]] uint32_t feature(Feature f) const { return history_.get(f); }
  [[nodiscard]] [[gnu::always_inline]] uint32_t hash(size_t context) const {
    return hash_[context];
  }
  [[nodiscard]] [[gnu::always_inline]] static uint32_t nibble_hash(uint32_t byte_hash,
                                                                   uint32_t at) {
    return (byte_hash + (at + 1) * 0x9E3779B1u) * 0x85EBCA6Bu;
  }
  // Decisions of the byte so far, and whether there are none to come.
  [[nodiscard]] [[gnu::always_inline]] uint32_t depth() const { return depth_; }
  [[nodiscard]] [[gnu::always_inline]] bool byte_is_whole() const {
    return at_ >= codec::ByteCode::kLeaf;
  }

  // After the last decision of a byte, which is in the raw buffer now.
  [[gnu::always_inline]] void append() {
    const auto c = static_cast<uint8_t>(at_);
    for (size_t i = 0; i < kContexts; ++i) {
      uint8_t& byte = byte_line_[i]->run_byte[way_[i]];
      uint8_t& count = byte_line_[i]->run_count[way_[i]];
      const uint32_t longer = (byte == c ? uint32_t{count} : 0u) + 1;
      count = static_cast<uint8_t>(longer - (longer >> 8));
      byte = c;
    }
    ++turn_;  // else contexts would always learn from the same decisions of a byte
    history_.append(raw_);
    enter_byte();
  }

 private:
  static constexpr size_t kPadded = padded_contexts(kShape);
  static constexpr size_t kInputs = padded_inputs(kShape);
  static constexpr size_t kTurns = 4;
  // Where decisions take long, lines arrive in time without it.
  static constexpr bool kFetchesBytes = kContexts <= 6;
  static constexpr uint32_t kStartCount = 30;  // what a trained probability is worth, bits
  static constexpr int kRateDecay = 17;
  static constexpr int16_t kBias = codec::kLogitOne << kInputBits;
  static constexpr int16_t kClip = 2 * codec::kLogitOne << kInputBits;

  friend struct StartTrainer;

  Predictor() = default;

  void init(ContentKind kind, const Start& start, const uint8_t* raw, const Layout& at,
            uint8_t* memory, const PriorTable* prior) {
    spec_ = &ensemble(kind);
    code_ = &byte_code(kind);
    raw_ = raw;
    in_prior_ = 0;
    if (prior != nullptr) {
      prior_ = *prior;
      for (size_t i = 0; i < kContexts; ++i) {
        in_prior_ |= (is_in_prior((*spec_)[i].id) ? 1u : 0u) << i;
      }
    }
    foretold_ = 0;
    for (size_t i = 0; i < kContexts; ++i) {
      foretold_ |= ((*spec_)[i].is_foretold() ? 1u : 0u) << i;
    }
    byte_table_ = {reinterpret_cast<ByteLine*>(memory + at.byte_lines), at.lines};
    nibble_table_ = {reinterpret_cast<NibbleLine*>(memory + at.nibble_lines), at.lines};
    group_shift_ = 36 - at.map_bits;
    std::memset(&history_, 0, sizeof history_);
    history_.records = kind == ContentKind::kBinary;
    match_.init(*code_, reinterpret_cast<uint32_t*>(memory + at.match), at.match_bits,
                kShape.long_matches);
    for (size_t i = 0; i < kPadded; ++i) run_pattern_[i] = 0, run_first_[i] = run_later_[i] = 0;
    for (size_t i = 0; i < kContexts * 256; ++i) {
      states_.set(i, adaptive_probability(uint32_t{start.state[i]} << 6, kStartCount));
    }
    for (size_t i = 0; i < MatchModel::kMaps; ++i) {
      match_.map[i] = adaptive_probability(uint32_t{start.match[i]} << 6, kStartCount);
    }
    std::memcpy(run_strength_, start.run, sizeof run_strength_);
    auto* weights = reinterpret_cast<int16_t*>(memory + at.weights);
    std::memcpy(weights, start.weight, weight_rows(kShape) * kInputs * sizeof(int16_t));
    mixer_.init(weights, kMixerRows.data());
    auto* maps = reinterpret_cast<AdaptiveProbability*>(memory + at.maps);
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) {
      refiner_[m].init(maps + (m << at.map_bits) * AdaptiveMap::kColumns, 1u << at.map_bits,
                       start.curve + m * Start::kCurve);
    }
    std::memset(input_, 0, sizeof input_);
    rate_extra_ = kShape.rate_extra << 16;
    turn_ = 0;
    enter_byte();
  }

  // Finds the slots of all contexts for the first decisions of a byte.
  [[gnu::always_inline]] void enter_byte() {
    at_ = path_ = depth_ = node_ = 0;
    match_.fetch(history_.last8);
    for (size_t i = 0; i < kContexts; ++i) {
      hash_[i] = (*spec_)[i].hash(history_);
      byte_line_[i] = byte_table_.at(hash_[i]);
      __builtin_prefetch(byte_line_[i], 1);
      if ((in_prior_ >> i & 1) != 0) prior_.prefetch(hash_[i]);
    }
    // While the lines are on their way.
    enter_refiners();
    match_.fetch_bytes(raw_, history_.last8);
    found_ = 0;
    for (size_t i = 0; i < kContexts; ++i) {
      ByteLine* line = byte_line_[i];
      const uint32_t check = (hash_[i] * 0x9E3779B1u) >> 16 | 1;
      const uint8_t way = static_cast<uint8_t>(find_slot(line, static_cast<uint16_t>(check)));
      way_[i] = way;
      slot_[i] = line->state[way];
      const bool known = slot_[i][0] != 0;
      if (!known) line->run_count[way] = 0;
      found_ |= (known ? 1u : 0u) << i;
    }
    if (history_.position != 0) match_.append(raw_, history_.position, history_.last8);
    looked_up_ = prior_lacks_ = 0;
    if (const uint32_t fresh = in_prior_ & ~found_; fresh != 0) prime_first_slots(fresh);
    for (size_t i = 0; i < kContexts; ++i) {
      const uint32_t count = byte_line_[i]->run_count[way_[i]];
      run_pattern_[i] = code_->code[byte_line_[i]->run_byte[way_[i]]];
      run_first_[i] = count != 0 ? run_strength_[i][0][kRunClass[count]] : 0;
      run_later_[i] = count != 0 ? run_strength_[i][1][kRunClass[count]] : 0;
    }
  }

  // Slots made for contexts that the block has not had before start with what the prior says of
  // them. fresh: bit i: that of context i.
  [[gnu::noinline]] void prime_first_slots(uint32_t fresh) {
    for (uint32_t rest = fresh; rest != 0; rest &= rest - 1) {
      const auto i = static_cast<size_t>(__builtin_ctz(rest));
      if (!look_up(i)) continue;
      const PriorEntry& entry = prior_entry_[i];
      entry.fill(*code_, 0, 0, slot_[i]);
      byte_line_[i]->run_byte[way_[i]] = entry.byte[0];
      byte_line_[i]->run_count[way_[i]] = entry.run_count();
      found_ |= 1u << i;
    }
  }

  // The same for the slots of a byte's further decisions.
  [[gnu::noinline]] void prime_next_slots(uint32_t fresh) {
    for (uint32_t rest = fresh; rest != 0; rest &= rest - 1) {
      const auto i = static_cast<size_t>(__builtin_ctz(rest));
      if (look_up(i)) prior_entry_[i].fill(*code_, path_, depth_, slot_[i]);
    }
  }

  // Whether the prior has the context of this byte; then it is in prior_entry_.
  bool look_up(size_t i) {
    const uint32_t bit = 1u << i;
    if ((looked_up_ & bit) == 0) {
      looked_up_ |= bit;
      if (!prior_.find(hash_[i], &prior_entry_[i])) prior_lacks_ |= bit;
    }
    return (prior_lacks_ & bit) == 0;
  }

  // With one decision to come before a byte may end, asks for the lines of its successor.
  [[gnu::always_inline]] void fetch_next_bytes() {
    PITH_UNROLL
    for (size_t bit = 0; bit < 2; ++bit) {
      const uint32_t at = code_->child[bit][at_];
      if (at < codec::ByteCode::kLeaf) continue;
      const auto c = static_cast<uint8_t>(at);
      uint32_t foretold[static_cast<size_t>(History::kLastForetold) + 1];
      history_.foretell(c, foretold);
      match_.fetch(history_.last8 << 8 | c);
      for (uint32_t rest = foretold_; rest != 0; rest &= rest - 1) {
        const ContextSpec& spec = (*spec_)[static_cast<size_t>(__builtin_ctz(rest))];
        __builtin_prefetch(byte_table_.at(spec.hash(foretold)), 1);
      }
    }
  }

  // With one decision to come before the next slots, both lines that may be needed are on their
  // way.
  [[gnu::always_inline]] void fetch_next_slots() {
    PITH_UNROLL
    for (size_t bit = 0; bit < 2; ++bit) {
      const uint32_t at = code_->child[bit][at_];
      if (at >= codec::ByteCode::kLeaf) continue;
      PITH_UNROLL
      for (size_t i = 0; i < kContexts; ++i) {
        __builtin_prefetch(nibble_table_.at(nibble_hash(hash_[i], at)), 1);
      }
    }
  }

  [[gnu::always_inline]] void enter_next_slots() {
    node_ = 0;
    enter_refiners();
    uint32_t hash[kContexts];
    NibbleLine* line[kContexts];
    for (size_t i = 0; i < kContexts; ++i) {
      hash[i] = nibble_hash(hash_[i], at_);
      line[i] = nibble_table_.at(hash[i]);
    }
    uint32_t fresh = 0;
    for (size_t i = 0; i < kContexts; ++i) {
      const uint32_t check = (hash[i] * 0x9E3779B1u) >> 20 & 0xFF;
      slot_[i] = line[i]->state[find_slot(line[i], static_cast<uint8_t>(check + (check == 0)))];
      fresh |= (slot_[i][0] == 0 ? 1u : 0u) << i;
    }
    if (fresh &= in_prior_ & ~prior_lacks_; fresh != 0) prime_next_slots(fresh);
  }

  // Row groups of the adaptive maps for the decisions that begin.
  [[gnu::always_inline]] void enter_refiners() {
    const auto last3 = static_cast<uint32_t>(history_.last8 & 0xFFFFFF);
    const uint32_t context[3] = {last3 & 0xFFFF, last3, last3 & 0xFF};
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) {
      const uint32_t hash = (context[m] * 0x9E3779B1u + (at_ + 1) * 0x85EBCA6Bu) * 0xC2B2AE35u;
      refiner_[m].enter(hash >> group_shift_);
    }
  }

  [[gnu::always_inline]] uint32_t mixed() {
    const Situation now = situation();
    const uint32_t row[4] = {
        (now.match * 6 + now.orders) * 3 + now.phase,
        now.node + 256 * now.certainty,
        (now.found & 7) + 8 * (now.orders > 4 ? 3 : now.orders / 2) +
            32 * (depth_ < 7 ? depth_ : 7),
        now.last_bytes & 0xFF,
    };
    const int logit = mixer_.mix(input_, row);
    uint32_t p = codec::squash(logit);
    uint32_t refined = 0;
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) refined += refiner_[m].refine(logit);
    if constexpr (kShape.maps == 1) p = (p + refined) >> 1;
    if constexpr (kShape.maps == 2) p = (2 * p + 3 * refined) >> 3;
    if constexpr (kShape.maps == 3) p = (p + refined) >> 2;
    constexpr uint32_t kFloor = 1 << 4;
    p = p < kFloor ? kFloor : p;
    return p > codec::kProbOne - kFloor ? codec::kProbOne - kFloor : p;
  }

  // Contexts whose presence says how far the file has been here before, and the rest that is looked
  // at one by one.
  static constexpr uint32_t kOrderMask = 0x1F;
  static constexpr uint32_t kFoundShift = 5;

  const Ensemble* spec_;
  const codec::ByteCode* code_;
  const uint8_t* raw_;
  SlotTable<ByteLine> byte_table_;
  SlotTable<NibbleLine> nibble_table_;
  uint32_t at_;               // node of the byte code, or leaf
  uint32_t path_;             // the decisions of the byte so far, left-aligned in 16 bits
  uint32_t depth_;            // their number
  uint32_t node_;             // of the decision in its slot, 0..14
  uint32_t found_;            // bit i: context i has been seen before, in the block or by the prior
  uint32_t foretold_;         // bit i: what context i is after a byte can be told before it
  uint32_t in_prior_;         // bit i: the prior may know context i
  uint32_t looked_up_;        // bit i: it was asked for context i of this byte ...
  uint32_t prior_lacks_;      // bit i: ... and has nothing
  uint32_t turn_;             // picks the contexts that learn
  uint32_t rate_extra_;       // 16 fractional bits
  uint32_t group_shift_;      // hash bits above the number of a map's row groups
  uint32_t hash_[kContexts];  // of each context
  alignas(64) uint16_t run_pattern_[kPadded];  // path of the byte its run predicts
  alignas(64) int16_t run_first_[kPadded];     // strength of the run in the first decision
  alignas(64) int16_t run_later_[kPadded];     // ... and in those after it
  uint8_t* slot_[kContexts];                   // [15] states of the decisions in work
  ByteLine* byte_line_[kContexts];             // of the byte in work
  uint8_t way_[kContexts];
  alignas(64) int16_t input_[kInputs];
  Mixer<Kernels, kInputs, kShape.sets> mixer_;
  AdaptiveMap refiner_[kShape.maps];
  MatchModel match_;
  StateMaps<kContexts> states_;
  int16_t run_strength_[kContexts][2][kRunClasses];  // [first decision, later][class]
  PriorTable prior_;
  PriorEntry prior_entry_[kContexts];  // what the prior says, where it was asked
  History history_;
};

}  // namespace pith::ngram
