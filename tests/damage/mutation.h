// Ways in which stored or transmitted bytes go wrong.
#pragma once

#include <cstdint>
#include <random>

#include "tests/container/stream.h"

namespace pith::test {

enum class Mutation {
  kFlips,        // up to eight bits
  kBurst,        // up to 64 bytes become random
  kZeros,        // up to 64 bytes become 0, as a hole in a file
  kTruncation,   // the end is missing
  kBeginning,    // the beginning is missing
  kRemoval,      // a piece inside is missing
  kInsertion,    // foreign bytes inside
  kDuplication,  // a piece comes twice
  kSwap,         // two pieces of equal length have changed places
  kRotation,     // two neighbouring pieces have
};
inline constexpr int kMutations = 10;

// Keeps the length: checks that the format has can be made right again (reseal()).
[[nodiscard]] constexpr bool keeps_length(Mutation mutation) {
  return mutation == Mutation::kFlips || mutation == Mutation::kBurst ||
         mutation == Mutation::kZeros || mutation == Mutation::kSwap;
}

// A copy of `bytes`, which are not empty, with such damage at a random place. It may be equal to
// them.
[[nodiscard]] Bytes mutated(const Bytes& bytes, Mutation mutation, std::mt19937_64* random);

}  // namespace pith::test
