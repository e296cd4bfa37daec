#include "ngram/start_packing.h"

#include <zstd.h>

#include <bit>

namespace pith::ngram {

bool unpack_start(std::span<const uint8_t> frame, size_t count, std::vector<uint16_t>* words) {
  words->resize(count);
  const size_t size = words->size() * sizeof(uint16_t);
  if (ZSTD_decompress(words->data(), size, frame.data(), frame.size()) != size) return false;
  if constexpr (std::endian::native == std::endian::big) {
    for (uint16_t& word : *words) word = static_cast<uint16_t>(word << 8 | word >> 8);
  }
  return true;
}

}  // namespace pith::ngram
