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
#include "ngram/slot_table.h"
#include "ngram/unroll.h"

namespace pith::ngram {

template <class Kernels, size_t kLevel>
class Predictor {
 public:
  static constexpr LevelShape kShape = kLevels[kLevel];
  static constexpr size_t kContexts = kShape.contexts;

  // Places a predictor for a block of raw_size bytes at raw into memory: layout(...).total bytes,
  // 64-byte aligned. raw need only hold the bytes appended so far. The object is trivially
  // destructible.
  [[nodiscard]] static Predictor* create(ContentKind kind, const uint8_t* raw, uint32_t raw_size,
                                         uint8_t* memory) {
    static_assert(sizeof(Predictor) <= kPredictorRoom);
    const Layout at = layout(kShape, raw_size);
    std::memset(memory, 0, at.zeroed);
    auto* p = new (memory + at.predictor) Predictor;
    p->init(kind, raw, at, memory);
    return p;
  }

  // Probability that the next bit is a 1, in 1/2^24, within [2^4, 2^24 - 2^4].
  [[gnu::always_inline]] uint32_t predict() {
    const uint32_t node = node_;
    PITH_UNROLL
    for (size_t i = 0; i < kContexts; ++i) {
      row_[i] = static_cast<uint16_t>(i * kStates + slot_[i][node]);
    }
    Kernels::run_rows(run_pattern_, run_class_, run_base_, row_ + kPadded, kPadded, c0_,
                      8 - bit_position_);
    Kernels::look_up(map_, row_, entry_, input_, 2 * kPadded);
    if constexpr (kShape.linear) Kernels::centre(entry_, input_ + 2 * kPadded, kPadded);
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) refiner_[m].choose(node + 1);
    match_.choose(c0_, bit_position_);
    const AdaptiveProbability match = match_.map[match_.row];
    input_[kMatchLogit] = static_cast<int16_t>(codec::stretch(probability12(match)));
    input_[kMatchLinear] = linear_input(match);
    input_[kBias] = codec::kLogitOne;
    return mixed();
  }

  [[gnu::always_inline]] void update(uint32_t bit) {
    const auto rate = static_cast<int32_t>(kShape.rate_floor + (rate_extra_ >> 16));
    rate_extra_ -= rate_extra_ >> kRateDecay;
    PITH_UNROLL
    for (size_t m = 0; m < kShape.mixers; ++m) mixer_[m].update(input_, bit, rate);
    if constexpr (kShape.mixers > 1) final_mixer_.update(mixed_, bit, kFinalRate);
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) refiner_[m].update(bit);
    Kernels::update(entry_, 2 * kPadded, bit);
    PITH_UNROLL
    for (size_t i = 0; i < kContexts; ++i) map_[row_[i]] = entry_[i];
    PITH_UNROLL
    for (size_t i = kPadded; i < kPadded + kContexts; ++i) map_[row_[i]] = entry_[i];
    const uint8_t* next = kBitHistory.next[bit].data();
    const uint32_t node = node_;
    PITH_UNROLL
    for (size_t i = 0; i < kContexts; ++i) {
      uint8_t& state = slot_[i][node];
      state = next[state];
    }
    match_.update(bit);
    c0_ = c0_ << 1 | bit;
    ++bit_position_;
    node_ = ((node_ + 1) << 1 | bit) - 1;
    if (bit_position_ == 3) fetch_second_nibble();
    if (bit_position_ == 4) enter_second_nibble();
  }

  // After the eighth bit: the byte is in the raw buffer now.
  [[gnu::always_inline]] void append() {
    const auto c = static_cast<uint8_t>(c0_);
    for (size_t i = 0; i < kContexts; ++i) {
      uint8_t& byte = byte_line_[i]->run_byte[way_[i]];
      uint8_t& count = byte_line_[i]->run_count[way_[i]];
      const uint32_t longer = (byte == c ? uint32_t{count} : 0u) + 1;
      count = static_cast<uint8_t>(longer - (longer >> 8));
      byte = c;
    }
    history_.append(raw_);
    enter_byte();
  }

 private:
  static constexpr size_t kStates = 256;
  static constexpr size_t kPadded = padded_contexts(kShape);
  static constexpr size_t kInputs = padded_inputs(kShape);
  // The match model's inputs and the bias lie where the padding is.
  static constexpr size_t kMatchLogit = extra_input(kShape, 0);
  static constexpr size_t kMatchLinear = extra_input(kShape, 1);
  static constexpr size_t kBias = extra_input(kShape, 2);
  static constexpr size_t kNothing =
      kContexts * (kStates + kRunRows);  // row of the padding: says nothing
  static constexpr int kRateDecay = 17;
  static constexpr int32_t kFinalRate = 12;

  Predictor() = default;

  void init(ContentKind kind, const uint8_t* raw, const Layout& at, uint8_t* memory) {
    spec_ = &ensemble(kind);
    raw_ = raw;
    byte_table_ = {reinterpret_cast<ByteLine*>(memory + at.byte_lines), at.lines};
    nibble_table_ = {reinterpret_cast<NibbleLine*>(memory + at.nibble_lines), at.lines};
    group_shift_ = 36 - at.map_bits;
    std::memset(&history_, 0, sizeof history_);
    history_.records = kind == ContentKind::kBinary;
    match_.init(reinterpret_cast<uint32_t*>(memory + at.match), at.match_bits, kShape.long_matches);
    map_[kNothing] = adaptive_probability(1u << 21, 0);
    for (size_t i = 0; i < kPadded; ++i) {
      const size_t base =
          i < kContexts ? kContexts * kStates + i * kRunRows : kNothing - kRunRows + 1;
      run_base_[i] = static_cast<uint16_t>(base);
      run_pattern_[i] = run_class_[i] = 0;
      row_[i] = static_cast<uint16_t>(kNothing);
    }
    for (size_t i = 0; i < kContexts; ++i) {
      for (size_t s = 0; s < kStates; ++s) map_[i * kStates + s] = start_of_state(s);
      for (uint32_t r = 0; r < kRunRows; ++r) map_[run_base_[i] + r] = start_of_run(r);
    }
    std::memset(input_, 0, sizeof input_);
    std::memset(mixed_, 0, sizeof mixed_);
    int32_t start[kInputs] = {};
    for (size_t i = 0; i < kContexts; ++i)
      start[i] = kWeightOne / 100 * 240 / static_cast<int32_t>(kContexts);
    for (size_t i = 0; i < kContexts; ++i) start[kPadded + i] = kWeightOne / 20;
    start[kMatchLogit] = kWeightOne / 5;
    auto* weights = reinterpret_cast<int32_t*>(memory + at.weights);
    PITH_UNROLL
    for (size_t m = 0; m < kShape.mixers; ++m) {
      mixer_[m].init(weights, kMixerRows[m], start);
      weights += kMixerRows[m] * kInputs;
    }
    int32_t even[kInputGroup] = {};
    PITH_UNROLL
    for (size_t m = 0; m < kShape.mixers; ++m)
      even[m] = kWeightOne / static_cast<int32_t>(kShape.mixers);
    final_mixer_.init(weights, kFinalRows, even);
    auto* maps = reinterpret_cast<AdaptiveProbability*>(memory + at.maps);
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) {
      refiner_[m].init(maps + (m << at.map_bits) * AdaptiveMap::kColumns, 1u << at.map_bits);
    }
    rate_extra_ = kShape.rate_extra << 16;
    enter_byte();
  }

  static AdaptiveProbability start_of_state(size_t state) {
    const BitHistory h = kBitHistory.history[state];
    const uint32_t seen = 2u * h.n0 + 2u * h.n1 + 2u;
    return adaptive_probability(static_cast<uint32_t>((uint64_t{2u * h.n1 + 1u} << 22) / seen), 0);
  }

  static AdaptiveProbability start_of_run(uint32_t row) {
    if (row == kRunRows - 1) return adaptive_probability(1u << 21, 255);
    const uint32_t count = row % (kRunRows / 2) / 2;
    const uint32_t p = ((10 * count + 6) << 16) / (10 * count + 12) << 6;
    return adaptive_probability(row & 1 ? p : 0x3FFFFF - p, 0);
  }

  [[gnu::always_inline]] static uint32_t hashed(uint32_t a, uint32_t b, uint32_t c, uint32_t i) {
    uint32_t x = (a + (i + 1) * 0x9E3779B9u) * 0x85EBCA6Bu;
    x = ((x ^ x >> 15) + b * 0xC2B2AE35u) * 0x27D4EB2Fu;
    x = ((x ^ x >> 13) + c * 0x165667B1u) * 0x9E3779B1u;
    return x ^ x >> 16;
  }

  // Finds the first-nibble slots of all contexts.
  [[gnu::always_inline]] void enter_byte() {
    c0_ = 1;
    bit_position_ = 0;
    node_ = 0;
    enter_refiners();
    for (size_t i = 0; i < kContexts; ++i) {
      const ContextSpec& s = (*spec_)[i];
      hash_[i] =
          hashed(history_.get(s.a), history_.get(s.b), history_.get(s.c), static_cast<uint32_t>(i));
      byte_line_[i] = byte_table_.at(hash_[i]);
      __builtin_prefetch(byte_line_[i], 1);
    }
    // While the lines are on their way.
    if (history_.position != 0) match_.append(raw_, history_.position, history_.last8);
    found_ = 0;
    for (size_t i = 0; i < kContexts; ++i) {
      ByteLine* line = byte_line_[i];
      const uint32_t check = (hash_[i] * 0x9E3779B1u) >> 16 | 1;
      const uint8_t way = static_cast<uint8_t>(find_slot(line, static_cast<uint16_t>(check)));
      way_[i] = way;
      slot_[i] = line->state[way];
      const bool known = slot_[i][0] != 0;
      if (!known) line->run_count[way] = 0;
      const uint32_t count = line->run_count[way];
      run_pattern_[i] = known ? static_cast<uint16_t>(0x100 | line->run_byte[way]) : uint16_t{0};
      run_class_[i] = kRunClass[count];
      found_ |= (known ? 1u : 0u) << i;
    }
  }

  [[gnu::always_inline]] static uint32_t nibble_hash(uint32_t byte_hash, uint32_t c0) {
    return (byte_hash + c0 * 0x9E3779B1u) * 0x85EBCA6Bu;
  }

  // With one bit of the nibble to come, both lines that may be needed are on their way.
  [[gnu::always_inline]] void fetch_second_nibble() {
    const uint32_t c0 = c0_ << 1;
    PITH_UNROLL
    for (size_t i = 0; i < kContexts; ++i) {
      __builtin_prefetch(nibble_table_.at(nibble_hash(hash_[i], c0)), 1);
      __builtin_prefetch(nibble_table_.at(nibble_hash(hash_[i], c0 | 1)), 1);
    }
  }

  [[gnu::always_inline]] void enter_second_nibble() {
    node_ = 0;
    enter_refiners();
    uint32_t hash[kContexts];
    NibbleLine* line[kContexts];
    for (size_t i = 0; i < kContexts; ++i) {
      hash[i] = nibble_hash(hash_[i], c0_);
      line[i] = nibble_table_.at(hash[i]);
    }
    for (size_t i = 0; i < kContexts; ++i) {
      const uint32_t check = (hash[i] * 0x9E3779B1u) >> 20 & 0xFF;
      slot_[i] = line[i]->state[find_slot(line[i], static_cast<uint8_t>(check + (check == 0)))];
    }
  }

  // Row groups of the adaptive maps for the nibble that begins.
  [[gnu::always_inline]] void enter_refiners() {
    const auto last3 = static_cast<uint32_t>(history_.last8 & 0xFFFFFF);
    const uint32_t context[3] = {last3 & 0xFFFF, last3, last3 & 0xFF};
    PITH_UNROLL
    for (size_t m = 0; m < kShape.maps; ++m) {
      const uint32_t hash = (context[m] * 0x9E3779B1u + c0_ * 0x85EBCA6Bu) * 0xC2B2AE35u;
      refiner_[m].enter(hash >> group_shift_);
    }
  }

  [[gnu::always_inline]] uint32_t mixed() {
    const auto c1 = static_cast<uint32_t>(history_.last8 & 0xFF);
    const uint32_t orders = static_cast<uint32_t>(__builtin_popcount(found_ & kOrderMask));
    const uint32_t match_class = match_.mixer_class();
    const uint32_t phase = bit_position_ == 0 ? 0 : bit_position_ < 4 ? 1 : 2;
    const uint32_t certainty = match_class == 0 ? 0 : match_class < 5 ? 1 : 2;
    const uint32_t row[4] = {
        (match_class * 6 + orders) * 3 + phase,
        c0_ + 256 * certainty,
        (found_ >> kFoundShift & 7) + 8 * (orders > 4 ? 3 : orders / 2) + 32 * bit_position_,
        c1,
    };
    PITH_UNROLL
    for (size_t m = 0; m < kShape.mixers; ++m)
      mixed_[m] = static_cast<int16_t>(mixer_[m].mix(input_, row[m]));
    const int logit = kShape.mixers == 1 ? mixed_[0] : final_mixer_.mix(mixed_, orders);
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
  const uint8_t* raw_;
  SlotTable<ByteLine> byte_table_;
  SlotTable<NibbleLine> nibble_table_;
  uint32_t c0_;                                // the bits of the byte so far behind a leading 1
  uint32_t bit_position_;                      // their number
  uint32_t node_;                              // of the decision in its nibble, 0..14
  uint32_t found_;                             // bit i: context i has been seen before
  uint32_t rate_extra_;                        // 16 fractional bits
  uint32_t group_shift_;                       // hash bits above the number of a map's row groups
  uint32_t hash_[kContexts];                   // of each context
  alignas(16) uint16_t run_pattern_[kPadded];  // 0x100 | byte, 0: none
  alignas(16) uint16_t run_class_[kPadded];
  alignas(16) uint16_t run_base_[kPadded];  // first row of each context's run map
  alignas(16) uint16_t row_[2 * kPadded];   // in map_, of the decision in work: states, then runs
  alignas(64) AdaptiveProbability entry_[2 * kPadded];  // what map_ holds there
  uint8_t* slot_[kContexts];                            // [15] states of the nibble in work
  ByteLine* byte_line_[kContexts];                      // of the byte in work
  uint8_t way_[kContexts];
  alignas(64) int16_t input_[kInputs];
  alignas(64) int16_t mixed_[kInputGroup];
  Mixer<Kernels, kInputs> mixer_[kShape.mixers];
  Mixer<Kernels, kInputGroup> final_mixer_;
  AdaptiveMap refiner_[kShape.maps];
  MatchModel match_;
  AdaptiveProbability map_[kNothing + 1];  // by state, then by run, of each context
  History history_;
};

}  // namespace pith::ngram
