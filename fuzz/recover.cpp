// Recovery of any bytes: it ends, within its memory, and tells of pieces and losses in order. Of a
// file that a decoder reads to its end it loses nothing.
#include <algorithm>
#include <cstdint>
#include <memory>

#include "fuzz/coder.h"
#include "fuzz/recovery.h"

using pith::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const pith::fuzz::View view(data, size);
  const pith::fuzz::Recovered recovered = pith::fuzz::recover(view);
  const pith::fuzz::Decoded decoded = pith::fuzz::decode(view, {});
  if (decoded.status == PITH_END) {
    require(recovered.status == PITH_OK && recovered.all() == decoded.bytes,
            "nothing of a whole file is lost");
  }
  return 0;
}
