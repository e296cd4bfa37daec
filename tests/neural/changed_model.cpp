#include "tests/neural/changed_model.h"

#include <xxhash.h>

#include <fstream>
#include <iterator>

namespace pith::test {

std::vector<uint8_t> changed_model_file(size_t which) {
  std::ifstream stream(PITH_MODELS_DIR "/small.pithmodel", std::ios::binary);
  std::vector<uint8_t> file{std::istreambuf_iterator<char>(stream), {}};
  constexpr size_t kHashSize = 8;
  constexpr size_t kBiases = 4096;  // of tokens, int32 in 1/2^16, fewer than there are
  if (file.size() < 4 * kBiases + kHashSize) return {};
  const size_t hash_at = file.size() - kHashSize;
  for (size_t i = 1; i <= kBiases; i += which) file[hash_at - 4 * i + 1] ^= 0x10;
  const uint64_t hash = XXH3_64bits(file.data(), hash_at);
  for (size_t i = 0; i < kHashSize; ++i) file[hash_at + i] = static_cast<uint8_t>(hash >> (8 * i));
  return file;
}

}  // namespace pith::test
