// A decoder whose input and output are cut anywhere, on one thread or three: the same bytes, the
// same error at the same place as in one call.
#include <cstdint>

#include "container/base/checksum.h"
#include "fuzz/coder.h"

using pith::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Choices come from the input, so that it is an archive and nothing else.
  const uint64_t choice = pith::container::hash64({data, size});
  pith::fuzz::DecodeSettings whole;
  whole.ignore_trailing = choice % 4 == 0;
  const pith::fuzz::Decoded expected = pith::fuzz::decode({data, size}, whole);

  pith::fuzz::DecodeSettings cut = whole;
  cut.cuts = choice | 1;
  cut.threads = choice % 16 == 1 ? 3 : 1;
  const pith::fuzz::Decoded decoded = pith::fuzz::decode({data, size}, cut);
  require(decoded.status == expected.status, "cuts do not change the status");
  require(decoded.bytes == expected.bytes, "cuts do not change the bytes");
  require(decoded.error.block == expected.error.block &&
              decoded.error.offset == expected.error.offset &&
              decoded.error.needed == expected.error.needed,
          "cuts do not change where the error is");
  return 0;
}
