// The first token of a text, by the tree of decisions alone: for a few tokens now and then. Whoever
// takes a text apart makes a Tokenizer, which is faster.
#pragma once

#include <cstdint>
#include <span>

#include "model/vocab/vocabulary.h"

namespace pith::model {

// The longest token that a text, not empty, begins with.
[[nodiscard]] Vocabulary::Token longest_token(const Vocabulary& vocabulary,
                                              std::span<const uint8_t> text);

}  // namespace pith::model
