// The trained values predictors start with, as they are built into the library.
#pragma once

#include "ngram/content_kind.h"
#include "ngram/start.h"

namespace pith::ngram {

// For this level (index, 0..kNgramLevels - 1) and content kind. Unpacked when first asked for and
// kept until the program ends; safe to call from several threads.
[[nodiscard]] const Start& start_table(size_t level, ContentKind kind);

}  // namespace pith::ngram
