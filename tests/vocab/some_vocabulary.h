// Vocabularies to test with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/vocab/vocabulary.h"

namespace pith::test {

// Single bytes that come before 'a' in the order of tokens: all but the small letters.
inline constexpr size_t kBeforeA = 256 - 26;

// The 256 single bytes and these, sorted.
[[nodiscard]] std::vector<std::string> with_single_bytes(std::vector<std::string> tokens);

// A vocabulary of the tokens; a test failure if they make none.
[[nodiscard]] model::Vocabulary vocabulary_of(const std::vector<std::string>& tokens);

// Tokens over few different bytes and over all, short and up to the longest, many of them prefixes
// of each other. At most `size` in all.
[[nodiscard]] model::Vocabulary random_vocabulary(size_t size, uint64_t seed);

// Bytes in which the tokens of random_vocabulary() are found, and others.
[[nodiscard]] std::vector<uint8_t> random_text(size_t size, uint64_t seed);

}  // namespace pith::test
