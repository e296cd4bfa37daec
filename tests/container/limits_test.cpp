// Memory and output limits, lying sizes, and allocations that fail.
#include <gtest/gtest.h>

#include "container/coding/block_codec.h"
#include "container/coding/parameters.h"
#include "crafted_frame.h"
#include "hooks.h"
#include "stream.h"

namespace pith::test {
namespace {

TEST(MemoryLimit, EncoderSaysWhatItNeedsAndKeepsToIt) {
  const Bytes raw = prose(40000, 1);
  for (int level : {1, 3}) {
    for (unsigned threads : {1u, 4u}) {
      const EncoderPtr enc(pith_encoder_new(nullptr));
      ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, static_cast<uint64_t>(level)),
                PITH_OK);
      ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 8192), PITH_OK);
      const uint64_t one = pith_encoder_memory(enc.get(), 1);
      const uint64_t all = pith_encoder_memory(enc.get(), threads);
      const Options setup = {.level = level, .block_size = 8192, .threads = threads};

      Options tight = setup;
      tight.memory_limit = one - 1;
      const Result refused = encode(raw, tight);
      EXPECT_EQ(refused.status, PITH_ERR_MEMLIMIT);
      EXPECT_EQ(refused.error.needed, one);

      const Bytes expected = encoded(raw, setup);
      for (uint64_t limit : {one, all}) {
        Hooks hooks;
        Options limited = setup;
        limited.memory_limit = limit;
        limited.allocator = hooks.get();
        EXPECT_EQ(encoded(raw, limited), expected);
        EXPECT_LE(hooks.peak(), limit + limit / 20);
        EXPECT_EQ(hooks.in_use(), 0u);
      }
    }
  }
}

TEST(MemoryLimit, DecoderCanBeResumedWithMore) {
  const Bytes raw = prose(30000, 2);
  const Bytes coded = encoded(raw, {.level = 2, .block_size = 8192});
  pith_info info;
  ASSERT_EQ(pith_probe(&info, coded.data(), coded.size()), PITH_OK);
  for (unsigned threads : {1u, 4u}) {
    Hooks hooks;
    const DecoderPtr dec(pith_decoder_new(hooks.get()));
    ASSERT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_THREADS, threads), PITH_OK);
    ASSERT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_MEMLIMIT, info.decoder_memory - 1), PITH_OK);
    Bytes room(40000);
    pith_out out = {room.data(), room.size(), 0};
    pith_in in = {coded.data(), coded.size(), 0};
    for (int attempt = 0; attempt < 2; ++attempt) {
      EXPECT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_FINISH), PITH_ERR_MEMLIMIT);
      pith_error error;
      pith_decoder_error(dec.get(), &error);
      EXPECT_EQ(error.needed, info.decoder_memory);
    }
    ASSERT_EQ(pith_decoder_set(dec.get(), PITH_PARAM_MEMLIMIT, info.decoder_memory), PITH_OK);
    EXPECT_EQ(pith_decoder_run(dec.get(), &out, &in, PITH_FINISH), PITH_END);
    EXPECT_TRUE(std::equal(raw.begin(), raw.end(), room.begin()));
    EXPECT_LE(hooks.peak(), info.decoder_memory + info.decoder_memory / 20);
  }
}

TEST(MemoryLimit, HoldsAcrossFramesOfDifferentNeeds) {
  const Bytes small = prose(2000, 3);
  const Bytes large = prose(60000, 4);
  Bytes coded;
  uint64_t most = 0;
  for (const Bytes* raw : {&small, &large, &small, &large}) {
    const Bytes frame = encoded(*raw, {.level = 1, .block_size = 1 << 20});
    pith_info info;
    ASSERT_EQ(pith_probe(&info, frame.data(), frame.size()), PITH_OK);
    most = std::max(most, info.decoder_memory);
    coded.insert(coded.end(), frame.begin(), frame.end());
  }
  for (unsigned threads : {1u, 3u}) {
    Hooks hooks;
    const Result result =
        decode(coded, {.threads = threads, .memory_limit = most, .allocator = hooks.get()});
    EXPECT_EQ(result.status, PITH_END);
    EXPECT_EQ(result.bytes.size(), 124000u);
    EXPECT_LE(hooks.peak(), most + most / 20);
  }
}

TEST(MemoryLimit, WhatManyWorkersNeedDoesNotWrapRound) {
  constexpr uint64_t kMost = UINT64_MAX;
  EXPECT_EQ(container::memory_of_workers(1, kMost, kMost), kMost);
  EXPECT_EQ(container::memory_of_workers(2, kMost / 2, 1), kMost);
  EXPECT_EQ(container::memory_of_workers(2, kMost / 2, 2), kMost);
  EXPECT_EQ(container::memory_of_workers(1024, kMost / 1000, 0), kMost);
  EXPECT_EQ(container::memory_of_workers(1024, 1000, 24), 1024024u);
  // So that a limit leaves one worker, whatever a header claims.
  EXPECT_EQ(container::workers_within(1024, kMost - 1, kMost / 1000, 0), 1000u);
  EXPECT_EQ(container::workers_within(1024, 1, kMost, kMost), 1u);
}

TEST(OutputLimit, StopsAtWholeBlocks) {
  const Bytes raw = prose(10000, 5);
  const Bytes coded = encoded(raw, {.block_size = 4096});
  EXPECT_EQ(decode(coded, {.max_output = 10000}).status, PITH_END);
  for (unsigned threads : {1u, 3u}) {
    const Result result = decode(coded, {.threads = threads, .max_output = 9999});
    EXPECT_EQ(result.status, PITH_ERR_OUTPUT_LIMIT);
    EXPECT_EQ(result.bytes.size(), 8192u);
    EXPECT_EQ(result.error.needed, 10000u);
  }
  EXPECT_EQ(decode(encoded({}, {}), {.max_output = 0}).status, PITH_END);
}

// A few bytes that claim the largest block there can be: no memory for it before its bytes are
// there.
TEST(LyingSizes, CostNoMemory) {
  for (container::Method method : {container::Method::kStored, container::Method::kNgram}) {
    CraftedFrame frame;
    frame.blocks = {noise(500, 1)};
    frame.change_header = [](container::FrameHeader* h) {
      h->block_size = PITH_BLOCK_SIZE_MAX;
      h->memory_kib = container::kMemoryKibMax;
    };
    frame.change_block = [method](size_t, container::BlockHeader* h) {
      h->method = method;
      h->raw_size = h->coded_size = PITH_BLOCK_SIZE_MAX;
    };
    for (const Cuts& cuts : {Cuts::none(), Cuts::of(1)}) {
      Hooks hooks;
      const Result result = decode(frame.bytes(), {.in = cuts, .allocator = hooks.get()});
      EXPECT_EQ(result.status, PITH_ERR_TRUNCATED);
      EXPECT_LE(hooks.peak(), 1u << 20);
    }
  }
}

// A few KiB that hold 64 MiB: limits are looked at before anything is decoded or allocated for it.
TEST(Bomb, CostsNothingUnderALimit) {
  const Bytes coded = encoded(Bytes(64 << 20, 'a'), {.level = 1, .block_size = 64 << 20});
  ASSERT_LT(coded.size(), 64u << 10);
  for (const unsigned threads : {1u, 3u}) {
    Hooks hooks;
    const Result output =
        decode(coded, {.threads = threads, .max_output = 1000, .allocator = hooks.get()});
    EXPECT_EQ(output.status, PITH_ERR_OUTPUT_LIMIT);
    EXPECT_EQ(output.error.needed, 64u << 20);
    const Result memory =
        decode(coded, {.threads = threads, .memory_limit = 32 << 20, .allocator = hooks.get()});
    EXPECT_EQ(memory.status, PITH_ERR_MEMLIMIT);
    EXPECT_GT(memory.error.needed, 64u << 20);
    EXPECT_LT(hooks.peak(), 1u << 20);
    EXPECT_TRUE(output.bytes.empty() && memory.bytes.empty());
  }
}

// A file of 1 KiB: whatever its header and block header claim, it gets 1 MiB before they are
// proved.
TEST(Bomb, AnyKibibyteIsCheap) {
  for (const container::Method method :
       {container::Method::kZstd, container::Method::kNgram, container::Method::kNeural}) {
    CraftedFrame frame;
    frame.blocks = {noise(800, 2)};
    frame.change_header = [](container::FrameHeader* h) {
      h->block_size = PITH_BLOCK_SIZE_MAX;
      h->memory_kib = container::kMemoryKibMax;
      h->model_id = 0;
    };
    frame.change_block = [method](size_t, container::BlockHeader* h) {
      h->method = method;
      h->kind = ngram::ContentKind::kText;
      h->level = container::kNeuralLevel;
      h->raw_size = PITH_BLOCK_SIZE_MAX;
      h->payload_check ^= 1;
    };
    for (const unsigned threads : {1u, 3u}) {
      Hooks hooks;
      const Result result = decode(frame.bytes(), {.threads = threads, .allocator = hooks.get()});
      EXPECT_LT(result.status, 0);
      EXPECT_LE(hooks.peak(), 1u << 20);
    }
  }
}

// Blocks of one byte each, a million of them: the decoder's memory does not grow with their number.
TEST(TinyBlocks, AMillionTakeNoMemory) {
  constexpr size_t kBlocks = 1'000'000;
  CraftedFrame frame;
  frame.blocks.assign(kBlocks, Bytes(1, 'x'));
  const Bytes coded = frame.bytes();
  Hooks hooks;
  const DecoderPtr decoder(pith_decoder_new(hooks.get()));
  Bytes raw(kBlocks);
  pith_out out = {raw.data(), raw.size(), 0};
  pith_in in = {coded.data(), coded.size(), 0};
  EXPECT_EQ(pith_decoder_run(decoder.get(), &out, &in, PITH_FINISH), PITH_END);
  EXPECT_EQ(out.pos, kBlocks);
  EXPECT_EQ(raw, Bytes(kBlocks, 'x'));
  EXPECT_LE(hooks.peak(), 1u << 20);
}

// Every allocation fails once; each time the status says so and nothing leaks.
TEST(Allocation, FailureAtEveryPlace) {
  const Bytes raw = prose(6000, 6);
  for (unsigned threads : {1u, 2u}) {
    const Options setup = {.level = 1, .block_size = 2048, .threads = threads, .verify = true};
    const Bytes coded = encoded(raw, setup);
    for (bool decoding : {false, true}) {
      bool finished = false;
      for (int64_t k = 0; !finished; ++k) {
        ASSERT_LT(k, 1000);
        Hooks hooks;
        hooks.fail_at(k);
        Options failing = setup;
        failing.allocator = hooks.get();
        const Result result = decoding ? decode(coded, failing) : encode(raw, failing);
        if (result.status == PITH_END) {
          EXPECT_EQ(result.bytes, decoding ? raw : coded);
          finished = hooks.allocations() <= k;  // a thread that cannot be started is done without
        } else {
          EXPECT_EQ(result.status, PITH_ERR_MEMORY) << k;
        }
        ASSERT_EQ(hooks.in_use(), 0u) << k;
      }
    }
  }
}

TEST(Allocation, ObjectWorksAgainAfterFailureAndReset) {
  const Bytes raw = prose(6000, 7);
  Hooks hooks;
  const EncoderPtr enc(pith_encoder_new(hooks.get()));
  ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_BLOCK_SIZE, 2048), PITH_OK);
  const Bytes expected = encoded(raw, {.level = PITH_LEVEL_DEFAULT, .block_size = 2048});
  for (int64_t k = 0; k < 12; ++k) {
    hooks.reset_counts();
    hooks.fail_at(k);
    (void)run_encoder(enc.get(), raw, Cuts::none(), Cuts::none());
    ASSERT_EQ(pith_encoder_reset(enc.get()), PITH_OK);
  }
  hooks.fail_at(-1);
  EXPECT_EQ(run_encoder(enc.get(), raw, Cuts::none(), Cuts::none()).bytes, expected);
}

TEST(Allocation, HooksMustBeWhole) {
  pith_allocator half = *Hooks().get();
  half.free = nullptr;
  EXPECT_EQ(pith_encoder_new(&half), nullptr);
  EXPECT_EQ(pith_decoder_new(&half), nullptr);
}

}  // namespace
}  // namespace pith::test
