// Several mixers of the same inputs, each with rows of its own, whose logits are averaged.
//
// Each learns from its own error, so that they come to differ: their mean is better than one mixer
// with all of their rows, which was measured (docs/model.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "ngram/mixer.h"
#include "ngram/mixer_rows.h"

namespace pith::ngram {

// Rows: a MixerRows for each mixer.
template <class Kernels, size_t kInputs, class... Rows>
class MixerEnsemble {
 public:
  static constexpr size_t kRows = (size_t{Rows::kAllRows} + ...);
  static constexpr size_t kWords = kRows * kInputs;
  static constexpr size_t kSets = (Rows::kSets + ...);
  static constexpr size_t kMixers = sizeof...(Rows);

  // weights: [kWords], 64-byte aligned, the rows of each mixer's sets in order; they learn.
  void init(int16_t* weights) {
    weights_ = weights;
    each([&](auto& one) {
      one.mixer.init(weights, one.kRows);
      weights += one.kAllRows * kInputs;
    });
  }
  [[nodiscard]] const int16_t* weights() const { return weights_; }

  // Asks for the rows that are known before a prediction: node, phase, bytes and words.
  [[gnu::always_inline]] void fetch(const RowFacts& facts) {
    each([&](auto& one) __attribute__((always_inline)) {
      one.early(
          facts, [&](size_t set, uint32_t row) __attribute__((always_inline)) {
            const int16_t* at = one.mixer.weight[set] + row * kInputs;
            for (size_t i = 0; i < kInputs; i += 32) __builtin_prefetch(at + i, 1);
          });
    });
  }

  // input: as of Mixer::mix(). The mean of the logits, rounded towards zero.
  [[gnu::always_inline]] int mix(const int16_t* input, const RowFacts& facts) {
    int sum = 0;
    each([&](auto& one) __attribute__((always_inline)) {
      uint32_t row[one.kSets];
      one.pick(facts, row);
      sum += one.mixer.mix(input, row);
    });
    return sum / static_cast<int>(kMixers);
  }

  // As Mixer::update().
  [[gnu::always_inline]] void update(const int16_t* input, uint32_t bit, int32_t rate) {
    each([&](auto& one) __attribute__((always_inline)) { one.mixer.update(input, bit, rate); });
  }

 private:
  template <class MemberRows>
  struct Member : MemberRows {
    Mixer<Kernels, kInputs, MemberRows::kSets> mixer;
  };

  template <class Body>
  [[gnu::always_inline]] void each(Body body) {
    std::apply(
        [&](auto&... one) __attribute__((always_inline)) { (body(one), ...); }, members_);
  }

  int16_t* weights_;
  std::tuple<Member<Rows>...> members_;
};

}  // namespace pith::ngram
