// Progress callbacks: the caller's thread, counts that grow, cancelling.
#include <gtest/gtest.h>

#include <thread>

#include "stream.h"

namespace pith::test {
namespace {

struct Watcher {
  std::thread::id thread = std::this_thread::get_id();
  int calls = 0;
  int cancel_at = -1;  // number of the call that cancels; -1: none
  pith_progress_info last{};

  static int call(void* opaque, const pith_progress_info* info) {
    auto* self = static_cast<Watcher*>(opaque);
    EXPECT_EQ(std::this_thread::get_id(), self->thread);
    EXPECT_GE(info->raw_bytes, self->last.raw_bytes);
    EXPECT_GE(info->coded_bytes, self->last.coded_bytes);
    self->last = *info;
    return self->calls++ == self->cancel_at ? 1 : 0;
  }
};

TEST(Progress, IsReportedForBothDirections) {
  const Bytes raw = prose(50000, 1);
  for (unsigned threads : {1u, 3u}) {
    const EncoderPtr enc(pith_encoder_new(nullptr));
    ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 1), PITH_OK);
    ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 8192), PITH_OK);
    ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_THREADS, threads), PITH_OK);
    Watcher watcher;
    ASSERT_EQ(pith_encoder_progress(enc.get(), &Watcher::call, &watcher), PITH_OK);
    const Result coded = run_encoder(enc.get(), raw, Cuts::of(1000), Cuts::of(999));
    ASSERT_EQ(coded.status, PITH_END);
    EXPECT_EQ(coded.bytes, encoded(raw, {.block_size = 8192}));
    EXPECT_GE(watcher.calls, 7);
    EXPECT_EQ(watcher.last.raw_bytes, raw.size());
    EXPECT_LE(watcher.last.coded_bytes, coded.bytes.size());

    const DecoderPtr dec(pith_decoder_new(nullptr));
    ASSERT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, threads), PITH_OK);
    Watcher other;
    ASSERT_EQ(pith_decoder_progress(dec.get(), &Watcher::call, &other), PITH_OK);
    const Result back = run_decoder(dec.get(), coded.bytes, Cuts::of(1000), Cuts::of(999));
    ASSERT_EQ(back.status, PITH_END);
    EXPECT_EQ(back.bytes, raw);
    EXPECT_GE(other.calls, 7);
    EXPECT_EQ(other.last.raw_bytes, raw.size());
  }
}

TEST(Progress, NonZeroCancels) {
  const Bytes raw = prose(50000, 2);
  const Bytes coded = encoded(raw, {.block_size = 4096});
  for (unsigned threads : {1u, 3u}) {
    for (int call : {0, 3}) {
      const EncoderPtr enc(pith_encoder_new(nullptr));
      ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 1), PITH_OK);
      ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 4096), PITH_OK);
      ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_THREADS, threads), PITH_OK);
      Watcher watcher;
      watcher.cancel_at = call;
      ASSERT_EQ(pith_encoder_progress(enc.get(), &Watcher::call, &watcher), PITH_OK);
      EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).status, PITH_ERR_CANCELLED);
      EXPECT_EQ(watcher.calls, call + 1);
      // Fatal until reset, and fine after.
      EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).status, PITH_ERR_STATE);
      ASSERT_EQ(pith_encoder_reset(enc.get()), PITH_OK);
      watcher = {};
      EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).bytes, coded);

      const DecoderPtr dec(pith_decoder_new(nullptr));
      ASSERT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, threads), PITH_OK);
      watcher = {};
      watcher.cancel_at = call;
      ASSERT_EQ(pith_decoder_progress(dec.get(), &Watcher::call, &watcher), PITH_OK);
      EXPECT_EQ(run_decoder(dec.get(), coded, Cuts::none(), Cuts::none()).status,
                PITH_ERR_CANCELLED);
    }
  }
}

// A callback that only cancels reaches a worker in the middle of its block.
TEST(Progress, CancelReachesIntoABlock) {
  const Bytes raw = prose(16 << 20, 3);
  const EncoderPtr enc(pith_encoder_new(nullptr));
  ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 4), PITH_OK);
  ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 16 << 20), PITH_OK);
  Watcher watcher;
  watcher.cancel_at = 1;
  ASSERT_EQ(pith_encoder_progress(enc.get(), &Watcher::call, &watcher), PITH_OK);
  const Result result = run_encoder(enc.get(), raw, Cuts::none(), Cuts::none());
  EXPECT_EQ(result.status, PITH_ERR_CANCELLED);
  EXPECT_LT(watcher.last.raw_bytes, raw.size());
}

// Objects that are freed or reset in the middle of their work leave no thread behind.
TEST(Progress, FreedInTheMiddle) {
  const Bytes raw = prose(200000, 4);
  const Bytes coded = encoded(raw, {.block_size = 16384});
  for (int round = 0; round < 3; ++round) {
    const EncoderPtr enc(pith_encoder_new(nullptr));
    ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 4), PITH_OK);
    ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 16384), PITH_OK);
    ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_THREADS, 3), PITH_OK);
    Bytes room(1000);
    pith_out out = {room.data(), room.size(), 0};
    pith_in in = {raw.data(), raw.size(), 0};
    ASSERT_EQ(pith_encoder_run(enc.get(), &out, &in, PITH_RUN), PITH_OK);
    const DecoderPtr dec(pith_decoder_new(nullptr));
    ASSERT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, 3), PITH_OK);
    out = {room.data(), room.size(), 0};
    in = {coded.data(), coded.size(), 0};
    ASSERT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_RUN), PITH_OK);
    if (round == 1) {
      ASSERT_EQ(pith_decoder_reset(dec.get()), PITH_OK);
    }
  }
}

}  // namespace
}  // namespace pith::test
