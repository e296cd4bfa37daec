// The encoder's contract: flushing, reuse, parameters, states.
#include <gtest/gtest.h>

#include "stream.h"

namespace pith::test {
namespace {

EncoderPtr new_encoder(uint64_t block_size = 0, unsigned threads = 1) {
  EncoderPtr enc(pith_encoder_new(nullptr));
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 1), PITH_OK);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, block_size), PITH_OK);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_THREADS, threads), PITH_OK);
  return enc;
}

// All that a call with op gives for input.
Bytes run_to_rest(pith_encoder* enc, View input, pith_op op, size_t room = 100000) {
  Bytes all;
  pith_in in = {input.data(), input.size(), 0};
  for (;;) {
    Bytes piece(room);
    pith_out out = {piece.data(), piece.size(), 0};
    const int status = pith_encoder_run(enc, &out, &in, op);
    EXPECT_GE(status, 0);
    all.insert(all.end(), piece.begin(), piece.begin() + static_cast<ptrdiff_t>(out.pos));
    if (status != PITH_OK || (in.pos == in.size && out.pos < out.size)) return all;
  }
}

TEST(Encoder, FlushGivesEverythingOut) {
  for (unsigned threads : {1u, 3u}) {
    for (size_t room : {1, 1000000}) {
      const EncoderPtr enc = new_encoder(2048, threads);
      const DecoderPtr dec(pith_decoder_new(nullptr));
      const Bytes raw = prose(7000, 1);
      Bytes back;
      size_t given = 0;
      for (size_t size : {1, 100, 2048, 3000, 1851}) {
        const Bytes coded =
            run_to_rest(enc.get(), View(raw).subspan(given, static_cast<size_t>(size)), PITH_FLUSH,
                        static_cast<size_t>(room));
        given += static_cast<size_t>(size);
        // All of it can be decoded now.
        Bytes piece(10000);
        pith_out out = {piece.data(), piece.size(), 0};
        pith_in in = {coded.data(), coded.size(), 0};
        ASSERT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_RUN), PITH_OK);
        EXPECT_EQ(in.pos, in.size);
        back.insert(back.end(), piece.begin(), piece.begin() + static_cast<ptrdiff_t>(out.pos));
        EXPECT_EQ(back.size(), given);
      }
      const Bytes rest = run_to_rest(enc.get(), {}, PITH_FINISH);
      const Result end = run_decoder(dec.get(), rest, Cuts::none(), Cuts::none());
      EXPECT_EQ(end.status, PITH_END);
      EXPECT_EQ(back, raw);
    }
  }
}

TEST(Encoder, FlushWithNothingToFlushIsHarmless) {
  const EncoderPtr enc = new_encoder();
  EXPECT_EQ(run_to_rest(enc.get(), {}, PITH_FLUSH), Bytes{});
  EXPECT_EQ(run_to_rest(enc.get(), {}, PITH_FINISH).size(), 35u);
}

TEST(Encoder, ReusedAfterReset) {
  const EncoderPtr enc = new_encoder(1024);
  const Bytes raw = prose(5000, 2);
  const Bytes first = run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).bytes;
  EXPECT_EQ(run_encoder(enc.get(), {}, Cuts::none(), Cuts::none()).status, PITH_END);
  EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).status, PITH_ERR_STATE);
  ASSERT_EQ(pith_encoder_reset(enc.get()), PITH_OK);
  EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).bytes, first);
  // In the middle of a frame, too.
  ASSERT_EQ(pith_encoder_reset(enc.get()), PITH_OK);
  (void)run_to_rest(enc.get(), View(raw).first(3000), PITH_RUN);
  ASSERT_EQ(pith_encoder_reset(enc.get()), PITH_OK);
  EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).bytes, first);
}

TEST(Encoder, ParametersAreCheckedAndHeldDuringAFrame) {
  const EncoderPtr enc = new_encoder();
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 0), PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 10), PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 1023), PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, PITH_BLOCK_SIZE_MAX + 1ull),
            PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_VERIFY, 2), PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BUILT_IN_PRIORS, 2), PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_MAX_OUTPUT, 2), PITH_ERR_PARAM);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_THREADS, 0), PITH_OK);
  (void)run_to_rest(enc.get(), prose(10, 1), PITH_RUN);
  EXPECT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 2), PITH_ERR_STATE);
}

TEST(Encoder, NoProgressIsReportedOnTheSecondCallAndIsNotFatal) {
  const EncoderPtr enc = new_encoder();
  uint8_t room[100];
  pith_out none = {room, 0, 0};
  pith_out out = {room, sizeof room, 0};
  pith_in empty = {nullptr, 0, 0};
  EXPECT_EQ(pith_encoder_run(enc.get(), &none, &empty, PITH_RUN), PITH_OK);
  EXPECT_EQ(pith_encoder_run(enc.get(), &none, &empty, PITH_RUN), PITH_ERR_NO_PROGRESS);
  EXPECT_EQ(pith_encoder_run(enc.get(), &none, &empty, PITH_FINISH), PITH_ERR_NO_PROGRESS);
  EXPECT_EQ(pith_encoder_run(enc.get(), &out, &empty, PITH_FINISH), PITH_END);
  EXPECT_EQ(out.pos, 35u);
}

// A frame of exactly one full block says so, however the input was cut.
TEST(Encoder, AFullBlockMayStillBeTheOnlyOne) {
  const Bytes raw = prose(16384, 3);
  const Bytes whole = encoded(raw, {.block_size = 16384});
  pith_info one;
  ASSERT_EQ(pith_probe(&one, whole.data(), whole.size()), PITH_OK);
  const EncoderPtr enc = new_encoder(16384);
  Bytes pieces = run_to_rest(enc.get(), raw, PITH_RUN);
  const Bytes rest = run_to_rest(enc.get(), {}, PITH_FINISH);
  pieces.insert(pieces.end(), rest.begin(), rest.end());
  EXPECT_EQ(pieces, whole);
  const Bytes two = encoded(prose(16385, 3), {.block_size = 16384});
  pith_info info;
  ASSERT_EQ(pith_probe(&info, two.data(), two.size()), PITH_OK);
  EXPECT_EQ(info.block_size, one.block_size);
  EXPECT_GT(info.decoder_memory, one.decoder_memory);
}

}  // namespace
}  // namespace pith::test
