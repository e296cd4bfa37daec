// Encodes and decodes through the streaming C API, cutting the buffers as a test likes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "pith/pith.h"

namespace pith::test {

using Bytes = std::vector<uint8_t>;
using View = std::span<const uint8_t>;

struct FreeEncoder {
  void operator()(pith_encoder* enc) const { pith_encoder_free(enc); }
};
struct FreeDecoder {
  void operator()(pith_decoder* dec) const { pith_decoder_free(dec); }
};
using EncoderPtr = std::unique_ptr<pith_encoder, FreeEncoder>;
using DecoderPtr = std::unique_ptr<pith_decoder, FreeDecoder>;

// Sizes of the buffers handed in, call by call.
class Cuts {
 public:
  static Cuts none() { return Cuts(SIZE_MAX, 0); }  // everything at once
  static Cuts of(size_t size) { return Cuts(size, 0); }
  static Cuts random(uint64_t seed) { return Cuts(0, seed); }  // 1 to 3,000 bytes, often few

  size_t next();

 private:
  Cuts(size_t size, uint64_t seed) : size_(size), state_(seed) {}
  size_t size_;  // 0: random
  uint64_t state_;
};

struct Options {
  int level = 1;
  uint64_t block_size = 0;  // encoder, bytes; 0: the level's own
  unsigned threads = 1;
  bool verify = false;
  uint64_t memory_limit = 0;
  uint64_t max_output = UINT64_MAX;
  bool ignore_trailing = false;
  Cuts in = Cuts::none();
  Cuts out = Cuts::none();
  const pith_allocator* allocator = nullptr;
};

struct Result {
  int status = PITH_OK;  // PITH_END, or the error
  Bytes bytes;           // what came out until then
  size_t taken = 0;      // bytes of input
  pith_error error{};
};

// Drives an object whose parameters are set to its end, or to the first error.
Result run_encoder(pith_encoder* enc, View raw, Cuts in, Cuts out);
Result run_decoder(pith_decoder* dec, View coded, Cuts in, Cuts out);

Result encode(View raw, const Options& setup);
Result decode(View coded, const Options& setup);

// encode() that is expected to work.
Bytes encoded(View raw, const Options& setup);

// Random bytes, the same for a seed everywhere.
Bytes noise(size_t size, uint64_t seed);
// Words and numbers that compress well, the same for a seed everywhere.
Bytes prose(size_t size, uint64_t seed);

}  // namespace pith::test
