#include "ngram/start_packing.h"

#include <zstd.h>

#include <bit>
#include <memory>
#include <new>

namespace pith::ngram {

bool unpack_start(std::span<const uint8_t> frame, size_t count, std::vector<uint16_t>* words) {
  words->resize(count);
  const size_t size = words->size() * sizeof(uint16_t);
  // With a context at hand, decoding takes no more memory and fails for the frame's sake alone.
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                   ZSTD_freeDCtx);
  if (context == nullptr) throw std::bad_alloc();
  if (ZSTD_decompressDCtx(context.get(), words->data(), size, frame.data(), frame.size()) != size) {
    return false;
  }
  if constexpr (std::endian::native == std::endian::big) {
    for (uint16_t& word : *words) word = static_cast<uint16_t>(word << 8 | word >> 8);
  }
  return true;
}

}  // namespace pith::ngram
