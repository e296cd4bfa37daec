// Choosing the tokens of a vocabulary.
//
// The text is segmented by the tokenizer that will be used with the vocabulary, the longest match
// first, over and over. Pairs of neighbouring tokens that are seen often become tokens of their
// own, as in byte pair encoding but many at a time (P. Gage, 1994; R. Sennrich et al., 2016);
// tokens that save little are dropped, as in the unigram method (T. Kudo, 2018). What a token saves
// is how often it is used, all over the text, times how many tokens more its bytes would take
// without it. First the vocabulary grows to somewhat more than its size; then, in rounds that
// change less and less, it is cut to its size and grows again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "model/vocab/vocabulary.h"

namespace pith::model {

// State of the work after a round.
struct VocabularyProgress {
  size_t round;     // the first is 1
  size_t tokens;    // in the vocabulary
  size_t segments;  // of the text
};

// Chooses tokens for a text, the same ones for the same text everywhere. size: tokens,
// kVocabularyMin .. kVocabularyMax / 2; a text too poor to need so many gives fewer. Documents in
// the text are separated by zero bytes, which tokens do not cross. on_round may be empty. Takes
// about three times the memory of the text.
[[nodiscard]] Vocabulary train_vocabulary(
    std::span<const uint8_t> text, size_t size,
    const std::function<void(const VocabularyProgress&)>& on_round);

}  // namespace pith::model
