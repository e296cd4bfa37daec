// The trained values predictors start with, as they are built into the library.
#pragma once

#include <cstdint>

#include "ngram/content_kind.h"
#include "ngram/start.h"

namespace pith::ngram {

// For this level (index, 0..kNgramLevels - 1) and content kind. Unpacked when first asked for and
// kept until the program ends; safe to call from several threads. Throws std::bad_alloc.
[[nodiscard]] Start start_table(size_t level, ContentKind kind);

// The weights of the mixers of network and n-grams, [network_start_words(shape)], for text or
// structured data, with a prior or without. Otherwise the same.
[[nodiscard]] const int16_t* network_start(size_t shape, ContentKind kind, bool with_prior);

}  // namespace pith::ngram
