// The n-gram predictor and a network together.
//
// The predictor of the best n-gram level runs as it does alone. What it says, all that it says it
// from, what the network says, and what came of that before are the inputs of further mixers, whose
// results are averaged. Where the network has no opinion, because a token may have ended that it
// has not seen, it is taken to agree with the n-grams.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "codec/natural_log.h"
#include "ngram/network_shape.h"
#include "ngram/network_view.h"
#include "ngram/predictor.h"

namespace pith::ngram {

// Adaptive maps of what the network says, by the node of the byte code and: the last byte, the last
// two (hashed), and what the n-grams say.
inline constexpr size_t kNetworkMaps = 3;
inline constexpr std::array<uint32_t, kNetworkMaps> kNetworkMapRows = {1 << 16, 1 << 16,
                                                                       256 * kViewClasses};

// Bytes of memory, for a block of raw_size bytes.
inline constexpr size_t kNetworkPredictorRoom = 4096;  // for the object itself
inline constexpr size_t kNetworkMapBytes =
    (kNetworkMapRows[0] + kNetworkMapRows[1] + kNetworkMapRows[2]) * AdaptiveMap::kColumns *
    sizeof(AdaptiveProbability);
[[nodiscard]] inline size_t network_predictor_memory(size_t shape, uint32_t raw_size) {
  const size_t counters =
      shape == 0 ? 0 : Counters<kNetworkShape[1].counters>::memory_bytes(raw_size);
  return layout(kLevels[kNetworkLevel], raw_size).total + kNetworkPredictorRoom + kNetworkMapBytes +
         counters + network_start_words(shape) * sizeof(int16_t);
}

// kShape: of what the levels spend (network_shape.h).
template <class Kernels, size_t kShape>
class NetworkPredictor {
 public:
  using Ngrams = Predictor<Kernels, kNetworkLevel>;

  // As Predictor::create(). weights: [network_start_words(kShape)].
  [[nodiscard]] static NetworkPredictor* create(ContentKind kind, const Start& start,
                                                const int16_t* weights, const uint8_t* raw,
                                                uint32_t raw_size, uint8_t* memory,
                                                const PriorTable* prior) {
    Ngrams* ngrams = Ngrams::create(kind, start, raw, raw_size, memory, prior);
    uint8_t* const own = memory + layout(kLevels[kNetworkLevel], raw_size).total;
    auto* made = new (own) NetworkPredictor(ngrams);
    static_assert(sizeof *made <= kNetworkPredictorRoom);
    auto* maps = reinterpret_cast<AdaptiveProbability*>(own + kNetworkPredictorRoom);
    for (size_t m = 0; m < kNetworkMaps; ++m) {
      made->map_[m].init(maps, kNetworkMapRows[m]);
      maps += kNetworkMapRows[m] * AdaptiveMap::kColumns;
    }
    auto* counters = reinterpret_cast<uint8_t*>(maps);
    made->counters_.init(counters, raw_size);
    auto* rows = reinterpret_cast<int16_t*>(counters + OwnCounters::memory_bytes(raw_size));
    std::memcpy(rows, weights, network_start_words(kShape) * sizeof *rows);
    made->mixers_.init(rows);
    made->enter_counters(0);
    return made;
  }

  // Probability that the next decision is a 1, in 1/2^24, within [2^4, 2^24 - 2^4].
  [[gnu::always_inline]] uint32_t predict(const NetworkView& view) {
    choose_early_rows();
    const uint32_t p = ngrams_->predict();
    ngram_share_ = p;
    log_share_[0] = codec::natural_log(codec::kProbOne - p);
    log_share_[1] = codec::natural_log(p);
    const int32_t own = log_share_[1] - log_share_[0];
    const uint64_t inside = view.zero + view.one;
    int32_t network = own;
    int32_t opinion = own;  // of the network where it has one
    if (inside != 0) {
      const uint64_t one = (view.one << 23) + view.other * (p >> 1);
      const uint64_t zero = (view.zero << 23) + view.other * ((codec::kProbOne - p) >> 1);
      network = codec::natural_log(one + 1) - codec::natural_log(zero + 1);
      opinion =
          codec::natural_log((view.one << 20) + 1) - codec::natural_log((view.zero << 20) + 1);
    }
    constexpr size_t kOwn = kInputsOfNgrams;
    std::memcpy(input_, ngrams_->inputs(), kOwn * sizeof *input_);
    input_[kOwn] = limited(own, kInputMax);
    input_[kOwn + 1] = limited(network, kInputMax);
    input_[kOwn + 2] = limited(network, 2 * kNat);
    input_[kOwn + 3] = limited(network - own, 4 * kNat);
    input_[kOwn + 4] = limited(opinion, kInputMax);
    input_[kOwn + 5] = kNat / 4;
    input_[kOwn + 6] = limited((own + network) >> 1, kNat);
    // How much of the network's probability has an opinion.
    const uint64_t all = inside + view.other;
    const auto at = ngrams_->situation();
    facts_.match = at.match;
    facts_.certainty = at.certainty;
    facts_.orders = at.orders;
    facts_.found = at.found;
    facts_.share = inside >= all - all / 16 ? 3 : inside >= all / 2 ? 2 : inside >= all / 16;
    facts_.network = view_class(network);
    facts_.ngrams = view_class(own);
    map_[2].choose_row(at.node * kViewClasses + facts_.ngrams);
    for (size_t m = 0; m < kNetworkMaps; ++m) {
      const uint32_t q = floored(map_[m].refine(network >> kInputBits));
      const int32_t refined = codec::natural_log(q) - codec::natural_log(codec::kProbOne - q);
      input_[kOwn + 7 + 2 * m] = limited(refined, kInputMax);
      input_[kOwn + 8 + 2 * m] = limited(refined - network, 2 * kNat);
    }
    counters_.inputs(input_ + kOwn + kInputGroup);
    return floored(codec::squash(mixers_.mix(input_, facts_)));
  }

  // Of the decision that predict() was about: what the n-grams held of an outcome, in 1/2^24.
  [[nodiscard]] uint32_t ngram_share(uint32_t bit) const {
    return bit != 0 ? ngram_share_ : codec::kProbOne - ngram_share_;
  }

  [[gnu::always_inline]] void update(uint32_t bit) {
    const auto rate = static_cast<int32_t>(kRateFloor + (rate_extra_ >> 16));
    rate_extra_ -= rate_extra_ >> kRateDecay;
    constexpr int32_t kLogOfOne = codec::natural_log(codec::kProbOne);
    ngram_cost_ += static_cast<uint32_t>(kLogOfOne - log_share_[bit]);
    mixers_.update(input_, bit, rate);
    for (AdaptiveMap& map : map_) map.update(bit);
    counters_.update(bit);
    ngrams_->update(bit);
    if ((ngrams_->depth() & 3) == 0 && !ngrams_->byte_is_whole()) {
      enter_counters(ngrams_->situation().node);
    }
  }

  [[gnu::always_inline]] void append() {
    ngrams_->append();
    facts_.word = ngrams_->feature(Feature::kWord);
    facts_.word_before = ngrams_->feature(Feature::kWord1);
    facts_.above = ngrams_->feature(Feature::kAbove2);
    facts_.word_length = facts_.word == 0 ? 0 : facts_.word_length + (facts_.word_length < 7);
    enter_counters(0);
  }

  // Bytes that the n-grams alone would have taken so far.
  [[nodiscard]] uint64_t ngram_bytes() const {
    constexpr uint64_t kByte = 5678;  // 8 bits: 8 ln(2) in 1/2^kLogBits
    return ngram_cost_ / kByte;
  }

  // The weights as they are, [network_start_words(kShape)].
  [[nodiscard]] const int16_t* weights() const { return mixers_.weights(); }

  // As it learns in the long run: for training weights.
  void learn_steadily() { rate_extra_ = 0; }

 private:
  static constexpr int32_t kNat = codec::kLogitOne << kInputBits;
  using OwnCounters = Counters<kNetworkShape[kShape].counters>;
  static constexpr uint32_t kRateFloor = kNetworkShape[kShape].rate_floor;
  static constexpr uint32_t kRateExtra = 50;
  static constexpr int kRateDecay = 15;

  explicit NetworkPredictor(Ngrams* ngrams) : ngrams_(ngrams) {
    std::memset(input_, 0, sizeof input_);
  }

  // Those that do not depend on what the n-grams will say. Their rows are far away, and come while
  // that is found out.
  [[gnu::always_inline]] void choose_early_rows() {
    const auto at = ngrams_->situation();
    const uint32_t last_two = at.last_bytes & 0xFFFF;
    map_[0].choose_row(at.node + 256 * (at.last_bytes & 0xFF));
    map_[1].choose_row((last_two * 0x9E3779B1u + at.node * 0x85EBCA6Bu) * 0xC2B2AE35u >> 16);
    __builtin_prefetch(map_[0].row, 1);
    __builtin_prefetch(map_[1].row, 1);
    facts_.node = at.node;
    facts_.phase = at.phase;
    facts_.last_bytes = at.last_bytes;
    mixers_.fetch(facts_);
  }

  // At the start of a nibble; at: the node of the byte code.
  [[gnu::always_inline]] void enter_counters(uint32_t at) {
    counters_.enter([&](size_t i) __attribute__((always_inline)) {
      return at == 0 ? ngrams_->hash(i) : Ngrams::nibble_hash(ngrams_->hash(i), at);
    });
  }

  // A probability as coders take it.
  [[gnu::always_inline]] static uint32_t floored(uint32_t p) {
    constexpr uint32_t kFloor = 1 << 4;
    p = p < kFloor ? kFloor : p;
    return p > codec::kProbOne - kFloor ? codec::kProbOne - kFloor : p;
  }

  [[gnu::always_inline]] static int16_t limited(int32_t x, int32_t most) {
    return static_cast<int16_t>(x > most ? most : x < -most ? -most : x);
  }

  // Of a logit in 1/1024: its sign and how far it goes.
  [[gnu::always_inline]] static uint32_t view_class(int32_t logit) {
    constexpr std::array<int32_t, 7> kBounds = {256, 640, 1280, 2304, 3840, 5888, 8448};
    const int32_t size = logit < 0 ? -logit : logit;
    uint32_t c = 0;
    for (const int32_t bound : kBounds) c += size >= bound ? 1 : 0;
    return logit < 0 ? 7 - c : 8 + c;
  }

  Ngrams* ngrams_;
  uint32_t ngram_share_ = 0;
  int32_t log_share_[2] = {};  // of the n-grams, of each outcome: natural_log() of 1/2^24
  uint64_t ngram_cost_ = 0;    // in 1/2^kLogBits nats
  uint32_t rate_extra_ = kRateExtra << 16;
  alignas(64) int16_t input_[network_inputs(kShape)];
  NetworkMixers<Kernels, kShape> mixers_;
  OwnCounters counters_;
  RowFacts facts_ = {};
  AdaptiveMap map_[kNetworkMaps];
};

}  // namespace pith::ngram
