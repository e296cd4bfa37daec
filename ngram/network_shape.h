// What the levels with a network spend beside it: shape 0 is that of level 5, shape 1 of level 7.
// Everything here is part of the format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ngram/counters.h"
#include "ngram/ensemble.h"
#include "ngram/layout.h"
#include "ngram/mixer_ensemble.h"

namespace pith::ngram {

inline constexpr size_t kNetworkLevel = kNgramLevels - 1;  // of the n-gram predictor

struct NetworkShape {
  size_t counters;      // of the first so many contexts
  uint32_t rate_floor;  // learning rate of the mixers in the long run
  uint32_t guess_from;  // the network looks ahead where a token's end is as likely as one in this
};

inline constexpr size_t kNetworkShapes = 2;
inline constexpr std::array<NetworkShape, kNetworkShapes> kNetworkShape = {{
    {0, 28, 2},
    {6, 28, 8},
}};

// Inputs of the mixers: those of the n-gram predictor, those of the network, those of counters.
inline constexpr size_t kInputsOfNgrams = padded_inputs(kLevels[kNetworkLevel]);
[[nodiscard]] constexpr size_t network_inputs(size_t shape) {
  const size_t of_counters = 2 * kNetworkShape[shape].counters;
  return kInputsOfNgrams + kInputGroup +
         (of_counters + kInputGroup - 1) / kInputGroup * kInputGroup;
}

namespace internal {

using FirstRows =
    MixerRows<RowBy::kView, RowBy::kNodeShare, RowBy::kBytes2, RowBy::kNodeByte, RowBy::kWord>;
using SecondRows = MixerRows<RowBy::kNodeNgrams, RowBy::kMatch, RowBy::kWordBefore, RowBy::kBytes3>;
using ThirdRows =
    MixerRows<RowBy::kNodeCertainty, RowBy::kWords, RowBy::kNodeSkip, RowBy::kAbove, RowBy::kFound>;

template <class Kernels, size_t kShape>
struct NetworkMixersOf;
template <class Kernels>
struct NetworkMixersOf<Kernels, 0> {
  using Type = MixerEnsemble<Kernels, network_inputs(0), FirstRows, SecondRows>;
};
template <class Kernels>
struct NetworkMixersOf<Kernels, 1> {
  using Type = MixerEnsemble<Kernels, network_inputs(1), FirstRows, SecondRows, ThirdRows>;
};

}  // namespace internal

template <class Kernels, size_t kShape>
using NetworkMixers = typename internal::NetworkMixersOf<Kernels, kShape>::Type;

// Words of the weights that the mixers start with, [rows][network_inputs()].
[[nodiscard]] constexpr size_t network_start_words(size_t shape) {
  return shape == 0 ? NetworkMixers<ScalarKernels, 0>::kWords
                    : NetworkMixers<ScalarKernels, 1>::kWords;
}

}  // namespace pith::ngram
