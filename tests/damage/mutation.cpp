#include "mutation.h"

#include <algorithm>

namespace pith::test {
namespace {

constexpr size_t kBurstMost = 64;  // bytes

}  // namespace

Bytes mutated(const Bytes& bytes, Mutation mutation, std::mt19937_64* random) {
  const auto below = [random](size_t limit) { return static_cast<size_t>((*random)() % limit); };
  Bytes out = bytes;
  // A piece, at most a burst for some kinds and anything for others, often short.
  const size_t at = below(bytes.size());
  const size_t most = bytes.size() - at;
  const size_t burst = 1 + below(std::min(most, kBurstMost));
  const size_t piece = below(2) == 0 ? burst : 1 + below(most);
  const auto place = [&out](size_t offset) { return out.begin() + static_cast<ptrdiff_t>(offset); };
  switch (mutation) {
    case Mutation::kFlips:
      for (size_t n = 1 + below(8); n > 0; --n) {
        const size_t bit = below(8 * out.size());
        out[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
      }
      break;
    case Mutation::kBurst:
      std::generate(place(at), place(at + burst),
                    [random] { return static_cast<uint8_t>((*random)()); });
      break;
    case Mutation::kZeros:
      std::fill(place(at), place(at + burst), uint8_t{0});
      break;
    case Mutation::kTruncation:
      out.resize(at);
      break;
    case Mutation::kBeginning:
      out.erase(out.begin(), place(at));
      break;
    case Mutation::kRemoval:
      out.erase(place(at), place(at + piece));
      break;
    case Mutation::kInsertion: {
      Bytes foreign(burst);
      for (uint8_t& byte : foreign) byte = static_cast<uint8_t>((*random)());
      out.insert(place(at), foreign.begin(), foreign.end());
      break;
    }
    case Mutation::kDuplication: {
      const Bytes copy(place(at), place(at + piece));
      out.insert(place(below(out.size() + 1)), copy.begin(), copy.end());
      break;
    }
    case Mutation::kSwap: {
      const size_t half = piece / 2;
      const size_t other = at + half + below(most - 2 * half + 1);
      std::swap_ranges(place(at), place(at + half), place(other));
      break;
    }
    case Mutation::kRotation:
      std::rotate(place(at), place(at + below(piece)), place(at + piece));
      break;
  }
  return out;
}

}  // namespace pith::test
