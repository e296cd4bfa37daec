// A cache of training texts as tokens, of any bytes: refused, or one whose documents and tokens are
// all there.
#include "model/train/packed_text.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include "fuzz/coder.h"

using pith::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kVocabulary = 300;
  std::vector<uint64_t> aligned(size / 8 + 1);
  std::memcpy(aligned.data(), data, size);
  const std::span<const uint8_t> packed(reinterpret_cast<const uint8_t*>(aligned.data()), size);
  pith::train::PackedText view;
  if (!pith::train::view_packed_text(packed, kVocabulary, &view)) return 0;
  uint64_t tokens = 0;
  for (const pith::train::PackedDocument& document : view.documents) {
    require(document.file < view.names.size(), "a document is of a file");
    for (const uint16_t token : view.tokens.subspan(document.begin, document.count)) {
      require(token < kVocabulary, "a token is of the vocabulary");
      ++tokens;
    }
  }
  require(view.documents.empty() || tokens > 0, "no document is empty");
  return 0;
}
