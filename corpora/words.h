// Word lists of our own, ordered by how often the generators should use them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "corpora/random.h"

namespace pith::corpus {

using WordList = std::span<const std::string_view>;

struct Words {
  WordList nouns;       // singular, regular plural
  WordList mass_nouns;  // no article needed
  WordList verbs;       // base form; add_ed / add_s / add_ing are regular
  WordList motions;     // intransitive verbs, regular
  WordList adjectives;
  WordList adverbs;
  WordList names;   // people
  WordList places;  // towns and rivers, invented
  WordList prepositions;
  WordList conjunctions;
  WordList openers;  // "After a while,"
};

[[nodiscard]] const Words& words();

[[nodiscard]] std::string plural(std::string_view noun);
[[nodiscard]] std::string past(std::string_view verb);
[[nodiscard]] std::string third_person(std::string_view verb);
[[nodiscard]] std::string gerund(std::string_view verb);
[[nodiscard]] std::string capitalized(std::string_view word);

// A pronounceable word of two to four syllables that is in no list.
[[nodiscard]] std::string invented_word(Random& random);

}  // namespace pith::corpus
