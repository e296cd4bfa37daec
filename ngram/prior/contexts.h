// The contexts a prior knows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ngram/ensemble.h"

namespace pith::ngram {

struct PriorContext {
  ContextSpec spec;
  size_t lower;  // number of the context whose prediction it must better; itself: none
  bool whole;    // may have more than PriorTable::kSuccessorsMax successors
};

// Measured: with further contexts of the ensemble in it a prior of the same size helps less. A
// lower context stands before those that build on it.
inline constexpr std::array<PriorContext, 8> kPriorContexts = {{
    {{Feature::kByte1}, 0, true},
    {{Feature::kBytes2}, 0, true},
    {{Feature::kBytes3}, 1, false},
    {{Feature::kBytes4}, 2, false},
    {{Feature::kBytes5}, 3, false},
    {{Feature::kBytes6}, 4, false},
    {{Feature::kWord, Feature::kByte1}, 2, false},
    {{Feature::kWord, Feature::kWord1, Feature::kGap}, 6, false},
}};

// id: of a context.
[[nodiscard]] [[gnu::always_inline]] constexpr bool is_in_prior(uint32_t id) {
  for (size_t i = 0; i < kPriorContexts.size(); ++i) {
    if (kPriorContexts[i].spec.id == id) return true;
  }
  return false;
}

}  // namespace pith::ngram
