// Trains the values a predictor starts with (ngram/start.h): codes sample after sample, each with
// empty tables, and keeps what maps, runs, weights and curves have learned.
#pragma once

#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "codec/range_coder.h"
#include "model/byte_alphabet.h"
#include "model/walk.h"
#include "ngram/bit_history.h"
#include "ngram/kernels_scalar.h"
#include "ngram/predictor.h"

namespace pith::ngram {

// Values that know nothing of any text: counts as probabilities.
template <size_t kLevel>
std::vector<uint16_t> untrained_start() {
  constexpr LevelShape kShape = kLevels[kLevel];
  std::vector<uint16_t> words(start_words(kShape));
  const Start at = start_of(kShape, words.data());
  const auto part = [&words](const auto* from) {
    return words.data() + (reinterpret_cast<const uint16_t*>(from) - words.data());
  };
  uint16_t* state = part(at.state);
  for (size_t i = 0; i < kShape.contexts * 256; ++i) {
    const BitHistory h = kBitHistory.history[i % 256];
    state[i] = static_cast<uint16_t>(65536.0 * (2 * h.n1 + 1) / (2 * h.n0 + 2 * h.n1 + 2));
  }
  uint16_t* match = part(at.match);
  for (size_t i = 0; i < MatchModel::kMaps; ++i) {
    const size_t length_class = i / (2 * MatchModel::kMissClasses);
    const double seen = 2.0 * static_cast<double>(length_class) + 1;
    const double p = seen / (seen + 1);
    match[i] = static_cast<uint16_t>(65535 * (i & 1 ? p : 1 - p));
  }
  uint16_t* curve = part(at.curve);
  for (size_t i = 0; i < kShape.maps * Start::kCurve; ++i) {
    const int logit = AdaptiveMap::logit_of(i % AdaptiveMap::kColumns);
    curve[i] = static_cast<uint16_t>(codec::squash(logit) >> 8);
  }
  uint16_t* run = part(at.run);
  for (size_t i = 0; i < kShape.contexts * 2 * kRunClasses; ++i) {
    const auto n = static_cast<uint32_t>(i % kRunClasses);
    run[i] =
        static_cast<uint16_t>(codec::stretch(((10 * n + 6) << 12) / (10 * n + 12)) << kInputBits);
  }
  uint16_t* weight = part(at.weight);
  constexpr size_t kPadded = padded_contexts(kShape);
  const int one = (1 << kWeightBits) / static_cast<int>(kShape.sets);
  for (size_t r = 0; r < weight_rows(kShape); ++r) {
    uint16_t* row = weight + r * padded_inputs(kShape);
    for (size_t i = 0; i < kShape.contexts; ++i) {
      row[i] = static_cast<uint16_t>(one * 240 / 100 / static_cast<int>(kShape.contexts));
      row[kPadded + i] = static_cast<uint16_t>(one / 20);
    }
    row[kShape.contexts] = static_cast<uint16_t>(one / 5);
  }
  return words;
}

struct StartTrainer {
  // samples: what to learn from, in this order; all at most `largest` bytes. bits: what they took.
  // prior: the one to go with, null for none. Throws std::bad_alloc.
  template <class Kernels, size_t kLevel>
  static std::vector<uint16_t> train(ContentKind kind,
                                     const std::vector<std::span<const uint8_t>>& samples,
                                     double* bits_per_byte, const PriorTable* prior = nullptr) {
    using P = Predictor<Kernels, kLevel>;
    constexpr LevelShape kShape = kLevels[kLevel];
    constexpr size_t kContexts = kShape.contexts;
    size_t largest = 0;
    for (const auto& s : samples) largest = std::max(largest, s.size());
    std::vector<uint16_t> words = untrained_start<kLevel>();
    const Start untrained = start_of(kShape, words.data());
    const Layout at = layout(kShape, static_cast<uint32_t>(largest));
    std::unique_ptr<uint8_t[], void (*)(void*)> memory(
        static_cast<uint8_t*>(std::aligned_alloc(64, at.total)), std::free);
    if (memory == nullptr) throw std::bad_alloc();
    std::vector<uint8_t> coded(largest + largest / 8 + 1024);
    std::vector<double> hits(kContexts * 2 * kRunClasses, 0.4);
    std::vector<double> tries(kContexts * 2 * kRunClasses, 0.8);
    double bits = 0;
    double bytes = 0;
    P* p = P::create(kind, untrained, nullptr, static_cast<uint32_t>(largest), memory.get(), prior);
    p->rate_extra_ = 0;
    for (const auto& sample : samples) {
      // Everything but the parts that are trained begins anew.
      std::memset(memory.get(), 0, at.zeroed);
      std::memset(&p->history_, 0, sizeof p->history_);
      p->history_.records = kind == ContentKind::kBinary;
      p->raw_ = sample.data();
      const auto match_map = std::to_array(p->match_.map);
      p->match_.init(*p->code_, reinterpret_cast<uint32_t*>(memory.get() + at.match), at.match_bits,
                     kShape.long_matches);
      std::copy(match_map.begin(), match_map.end(), p->match_.map);
      p->enter_byte();
      codec::RangeEncoder coder(coded);
      const model::ByteAlphabet::Cursor start(byte_code(kind));
      for (const uint8_t byte : sample) {
        model::ByteAlphabet::Cursor cursor = start;
        while (!cursor.done()) {
          const uint32_t bit = cursor.towards(byte);
          coder.encode(bit, p->predict());
          for (size_t i = 0; i < kContexts; ++i) {
            if ((p->found_ >> i & 1) == 0 ||
                ((p->run_pattern_[i] ^ p->path_) >> (16 - p->depth_)) != 0)
              continue;
            const size_t slot = (i * 2 + (p->depth_ != 0)) * kRunClasses +
                                kRunClass[p->byte_line_[i]->run_count[p->way_[i]]];
            tries[slot] += 1;
            hits[slot] += (p->run_pattern_[i] >> (15 - p->depth_) & 1u) == bit ? 1 : 0;
          }
          p->update(bit);
          cursor.step(bit);
        }
        p->append();
      }
      for (size_t i = 0; i < hits.size(); ++i) {
        const double h = hits[i] / tries[i];
        const double logit = std::log(h / (1 - h)) * codec::kLogitOne * (1 << kInputBits);
        (&p->run_strength_[0][0][0])[i] =
            static_cast<int16_t>(std::lround(std::clamp(logit, -10000.0, 10000.0)));
      }
      bits += 8 * static_cast<double>(coder.finish());
      bytes += static_cast<double>(sample.size());
    }
    *bits_per_byte = bits / bytes;
    const auto p16 = [](AdaptiveProbability e) { return static_cast<uint16_t>(e >> 16); };
    uint16_t* word = words.data();
    for (const AdaptiveProbability e : p->states_.probability) *word++ = p16(e);
    for (size_t i = 0; i < MatchModel::kMaps; ++i) *word++ = p16(p->match_.map[i]);
    const auto* maps = reinterpret_cast<const AdaptiveProbability*>(memory.get() + at.maps);
    for (size_t m = 0; m < kShape.maps; ++m) {
      for (size_t i = 0; i < Start::kCurve; ++i, ++word) {
        double sum = 0;
        double weight = 0;
        const AdaptiveProbability* map = maps + (m << at.map_bits) * AdaptiveMap::kColumns;
        for (size_t r = 0; r < size_t{1} << at.map_bits; r += AdaptiveMap::kNibbleRows) {
          const AdaptiveProbability e = map[r * AdaptiveMap::kColumns + i];
          const double learned = static_cast<double>(e & kCountMask) - AdaptiveMap::kStartCount;
          sum += learned * p16(e);
          weight += learned;
        }
        if (weight > 0) *word = static_cast<uint16_t>(std::lround(sum / weight));
      }
    }
    std::memcpy(word, p->run_strength_, sizeof p->run_strength_);
    word += sizeof p->run_strength_ / 2;
    std::memcpy(word, memory.get() + at.weights,
                weight_rows(kShape) * padded_inputs(kShape) * sizeof(int16_t));
    return words;
  }
};

}  // namespace pith::ngram
