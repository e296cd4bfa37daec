// pith_decompress() and a decoder with limits on any bytes: an error or an end, and never more
// memory or output than was allowed.
#include <cstdint>

#include "fuzz/coder.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  pith::fuzz::DecodeSettings settings;
  const pith::fuzz::Decoded decoded = pith::fuzz::decode({data, size}, settings);
  require(decoded.status == PITH_END || decoded.status < 0, "decoding ends");
  require(decoded.bytes.size() <= settings.output_limit, "the output is limited");
  require(decoded.peak <= settings.memory_limit + settings.memory_limit / 20,
          "the memory is limited");

  // The same bytes without an object, which has neither prior nor model of the user's own.
  Bytes whole(settings.output_limit);
  size_t whole_size = whole.size();
  const int status = pith_decompress(whole.data(), &whole_size, data, size);
  if (status == PITH_OK) {
    whole.resize(whole_size);
    require(decoded.status == PITH_ERR_MEMLIMIT || decoded.bytes == whole,
            "both ways of decoding give the same bytes");
  }

  // Half the room is too little for what filled more, and the size that is needed is told.
  if (status == PITH_OK && whole_size > 1) {
    size_t room = whole_size / 2;
    require(pith_decompress(whole.data(), &room, data, size) == PITH_ERR_DST_TOO_SMALL &&
                room == whole_size,
            "a destination that is too small is refused with the size it needs");
  }
  return 0;
}
