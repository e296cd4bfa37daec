// The memory that a frame declares is what decoding it takes: never more, and hardly less.
//
// Counted is the whole heap: what goes through the hooks of the decoder, and what the library keeps
// beside it, which are starting values and the network.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "container/coding/block_memory.h"
#include "container/methods/networks.h"
#include "container/methods/neural_method.h"
#include "corpora/generate.h"
#include "counted_heap.h"
#include "crafted_frame.h"
#include "stream.h"

namespace pith::test {
namespace {

using container::BlockHeader;
using container::Method;
using ngram::ContentKind;

// What `work` returns, some bytes, in a process of its own: one in which the library keeps nothing
// yet. (This one must not code anything.)
template <typename Work>
Bytes in_new_process(Work work) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const Bytes result = work();
    const auto size = static_cast<ssize_t>(result.size());
    _exit(write(ends[1], result.data(), result.size()) == size ? 0 : 1);
  }
  close(ends[1]);
  Bytes result;
  Bytes piece(4096);
  for (ssize_t n = 0; (n = read(ends[0], piece.data(), piece.size())) > 0;) {
    result.insert(result.end(), piece.begin(), piece.begin() + n);
  }
  close(ends[0]);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  return result;
}

Bytes encoded_elsewhere(const Bytes& raw, const Options& options) {
  return in_new_process([&] { return encoded(raw, options); });
}

// Ends work on a block once its first bytes are decoded: all memory is there then.
int cancel_when_begun(void*, const pith_progress_info* info) { return info->raw_bytes != 0; }

enum class Extent { kAll, kFirstBytes };

// Most bytes of heap that decoding has at once, where nothing was decoded before. The status is not
// looked at: what is decoded may be no block at all.
size_t decoding_takes(View coded, size_t raw_size, unsigned threads, Extent extent) {
  const Bytes result = in_new_process([&] {
    Bytes raw(raw_size);
    const size_t before = heap_in_use();
    start_heap_peak();
    const DecoderPtr decoder(pith_decoder_new(heap_hooks()));
    (void)pith_decoder_set(decoder.get(), PITH_PARAM_THREADS, threads);
    if (extent == Extent::kFirstBytes) {
      (void)pith_decoder_progress(decoder.get(), cancel_when_begun, nullptr);
    }
    pith_in in = {coded.data(), coded.size(), 0};
    pith_out out = {raw.data(), raw.size(), 0};
    while (pith_decoder_run(decoder.get(), &out, &in, PITH_FINISH) == PITH_OK) {
    }
    const size_t bytes = heap_peak() - before;
    Bytes peak(sizeof bytes);
    std::memcpy(peak.data(), &bytes, sizeof bytes);
    return peak;
  });
  size_t bytes = 0;
  EXPECT_EQ(result.size(), sizeof bytes);
  std::memcpy(&bytes, result.data(), std::min(result.size(), sizeof bytes));
  return bytes;
}

uint64_t declared(View coded) {
  pith_info info;
  EXPECT_EQ(pith_probe(&info, coded.data(), coded.size()), PITH_OK);
  return info.decoder_memory;
}

// Within 5 %, and what the few KiB of room for the decoder itself are too much.
void expect_just_enough(size_t takes, uint64_t declared) {
  constexpr uint64_t kRoom = 16 << 10;
  EXPECT_LE(takes, declared);
  EXPECT_GE(takes + declared / 20 + kRoom, declared);
}

// A frame of one block of any size, whose code is noise, and which declares what such a block does.
Bytes begun_frame(BlockHeader block, int level, uint64_t model) {
  CraftedFrame frame;
  Bytes noise(1000, 0x55);
  noise[0] = 0;  // the flags of a neural block
  frame.blocks = {noise};
  frame.change_block = [&](size_t, BlockHeader* header) {
    block.coded_size = header->coded_size;
    block.raw_hash = header->raw_hash;
    block.payload_check = header->payload_check;
    *header = block;
  };
  frame.change_header = [&](container::FrameHeader* header) {
    block.coded_size = 1000;
    header->level = static_cast<uint8_t>(level);
    header->block_size = block.raw_size;
    header->model_id = model;
    header->memory_kib = (container::block_decode_memory(block) + 1023) / 1024;
  };
  return frame.bytes();
}

TEST(DeclaredMemory, IsWhatABlockOfNgramsTakes) {
  for (uint8_t level = 1; level <= 5; ++level) {
    for (const ContentKind kind : {ContentKind::kText, ContentKind::kBinary}) {
      for (const uint8_t prior : {container::kNoPrior, uint8_t{2}}) {
        if (kind == ContentKind::kBinary && prior != container::kNoPrior) continue;
        for (const uint32_t raw_size : {2'000u, 100'000u, 10u << 20}) {
          SCOPED_TRACE(testing::Message() << "level " << int{level} << ", prior " << int{prior}
                                          << ", " << raw_size << " bytes");
          const Bytes coded = begun_frame({.method = Method::kNgram,
                                           .kind = kind,
                                           .level = level,
                                           .prior = prior,
                                           .raw_size = raw_size},
                                          level, 0);
          expect_just_enough(decoding_takes(coded, 0, 1, Extent::kFirstBytes), declared(coded));
        }
      }
    }
  }
}

TEST(DeclaredMemory, IsWhatABlockWithTheNetworkTakes) {
  for (const uint8_t level : {container::kNeuralLevel, container::kDeepLevel}) {
    for (const uint32_t raw_size : {2'000u, 100'000u, 10u << 20}) {
      SCOPED_TRACE(testing::Message() << "level " << int{level} << ", " << raw_size << " bytes");
      const Bytes coded = begun_frame({.method = Method::kNeural,
                                       .kind = ContentKind::kText,
                                       .level = level,
                                       .prior = 1,
                                       .raw_size = raw_size},
                                      level, container::kSmallNetwork);
      expect_just_enough(decoding_takes(coded, 0, 1, Extent::kFirstBytes), declared(coded));
    }
  }
}

TEST(DeclaredMemory, IsWhatWholeFramesTake) {
  for (const int level : {1, 2, 3, 4, 5, 7}) {
    SCOPED_TRACE(level);
    const Bytes raw = corpus::generate("prose", level < 5 ? 60'000 : 3'000, 1);
    const Bytes coded = encoded_elsewhere(raw, {.level = level});
    expect_just_enough(decoding_takes(coded, raw.size(), 1, Extent::kAll), declared(coded));
  }
}

// Of several blocks the first to come says nothing of the others: the frame declares the most that
// one may take, the code of a block as large as the block.
TEST(DeclaredMemory, IsEnoughForManyBlocksAndThreads) {
  constexpr uint32_t kBlock = 20'000;
  const Bytes raw = corpus::generate("prose", 5 * kBlock, 1);
  for (int level = 1; level <= 4; ++level) {
    const Bytes coded = encoded_elsewhere(raw, {.level = level, .block_size = kBlock});
    const uint64_t one = declared(coded);
    for (const unsigned threads : {1u, 3u}) {
      SCOPED_TRACE(testing::Message() << "level " << level << ", " << threads << " threads");
      const size_t takes = decoding_takes(coded, raw.size(), threads, Extent::kAll);
      EXPECT_LE(takes, threads == 1 ? one : threads * one + 2 * kBlock);
      if (threads == 1) {
        EXPECT_GE(takes + one / 20 + kBlock, one);
      }
    }
  }
}

TEST(DeclaredMemory, IsEnoughForStoredAndZstdBlocks) {
  for (const Method method : {Method::kStored, Method::kZstd}) {
    const Bytes coded = begun_frame(
        {.method = method, .kind = ContentKind::kText, .level = 1, .raw_size = 1000}, 1, 0);
    EXPECT_LE(decoding_takes(coded, 1000, 1, Extent::kAll), declared(coded));
  }
}

// A header that names the network and says that next to nothing is needed.
TEST(DeclaredMemory, ANetworkIsNotMadeReadyBeyondTheLimit) {
  CraftedFrame frame;
  frame.blocks = {Bytes(1000, 0x55)};
  frame.change_header = [](container::FrameHeader* header) {
    header->model_id = container::kSmallNetwork;
  };
  const Result result = decode(frame.bytes(), {.memory_limit = 1 << 20});
  EXPECT_EQ(result.status, PITH_ERR_MEMLIMIT);
  EXPECT_EQ(result.error.needed, container::kNetworkRoom);
}

}  // namespace
}  // namespace pith::test
