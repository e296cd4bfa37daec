#include "stream.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "corpora/generate.h"

namespace pith::test {
namespace {

uint64_t next_random(uint64_t* state) {  // splitmix64
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

// run(out, in, op) until it ends; input and output in pieces.
template <typename Run>
Result drive(View data, Cuts in_cuts, Cuts out_cuts, Run run) {
  Result result;
  Bytes room;
  bool last = false;
  size_t given = 0;
  do {
    const size_t size = std::min(in_cuts.next(), data.size() - given);
    const Bytes piece(
        data.begin() + static_cast<ptrdiff_t>(given),
        data.begin() + static_cast<ptrdiff_t>(given + size));  // its end is guarded by ASan
    pith_in in = {piece.data(), piece.size(), 0};
    last = given + size == data.size();
    do {
      room.assign(std::min<size_t>(out_cuts.next(), 1 << 20), 0xEE);
      pith_out out = {room.data(), room.size(), 0};
      result.status = run(&out, &in, last ? PITH_FINISH : PITH_RUN);
      result.bytes.insert(result.bytes.end(), room.begin(),
                          room.begin() + static_cast<ptrdiff_t>(out.pos));
      result.taken = given + in.pos;
    } while (result.status == PITH_OK && (last || in.pos < in.size));
    given += size;
  } while (result.status == PITH_OK && !last);
  return result;
}

}  // namespace

size_t Cuts::next() {
  if (size_ != 0) return size_;
  const uint64_t random = next_random(&state_);
  return 1 + (random >> 8) % ((random & 3) == 0 ? 3000 : 20);
}

Result run_encoder(pith_encoder* enc, View raw, Cuts in, Cuts out) {
  Result result = drive(raw, in, out, [enc](pith_out* o, pith_in* i, pith_op op) {
    return pith_encoder_run(enc, o, i, op);
  });
  pith_encoder_error(enc, &result.error);
  return result;
}

Result run_decoder(pith_decoder* dec, View coded, Cuts in, Cuts out) {
  Result result = drive(coded, in, out, [dec](pith_out* o, pith_in* i, pith_op op) {
    return pith_decoder_run(dec, o, i, op);
  });
  pith_decoder_error(dec, &result.error);
  return result;
}

Result encode(View raw, const Options& setup) {
  const EncoderPtr enc(pith_encoder_new(setup.allocator));
  if (enc == nullptr) return {PITH_ERR_MEMORY, {}, 0, {}};
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, static_cast<uint64_t>(setup.level)),
            PITH_OK);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, setup.block_size), PITH_OK);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_THREADS, setup.threads), PITH_OK);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_VERIFY, setup.verify ? 1 : 0), PITH_OK);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_MEMLIMIT, setup.memory_limit), PITH_OK);
  return run_encoder(enc.get(), raw, setup.in, setup.out);
}

Result decode(View coded, const Options& setup) {
  const DecoderPtr dec(pith_decoder_new(setup.allocator));
  if (dec == nullptr) return {PITH_ERR_MEMORY, {}, 0, {}};
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, setup.threads), PITH_OK);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_MEMLIMIT, setup.memory_limit), PITH_OK);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_MAX_OUTPUT, setup.max_output), PITH_OK);
  EXPECT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_IGNORE_TRAILING, setup.ignore_trailing ? 1 : 0),
            PITH_OK);
  return run_decoder(dec.get(), coded, setup.in, setup.out);
}

Bytes encoded(View raw, const Options& setup) {
  const Result result = encode(raw, setup);
  EXPECT_EQ(result.status, PITH_END) << result.error.text;
  EXPECT_EQ(result.taken, raw.size());
  return result.bytes;
}

Bytes noise(size_t size, uint64_t seed) {
  Bytes bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(next_random(&seed) >> 24);
  return bytes;
}

Bytes prose(size_t size, uint64_t seed) { return corpus::generate("prose", size, seed); }

}  // namespace pith::test
