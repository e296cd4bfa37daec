// What a network says of a decision, in the terms of the n-gram predictor.
#pragma once

#include <cstdint>

namespace pith::ngram {

// Shares of probability, below 2^41 in all.
struct NetworkView {
  uint64_t zero;
  uint64_t one;
  uint64_t other;  // without an opinion
};

}  // namespace pith::ngram
