// One block: the method that is chosen, and what a damaged one gives.
#include "container/coding/block_codec.h"

#include <gtest/gtest.h>

#include "container/coding/block_memory.h"
#include "corpora/generate.h"
#include "stream.h"

namespace pith::test {
namespace {

using namespace container;

class BlockCodec : public testing::Test {
 protected:
  Status encode(View raw, int level, bool verify = false) {
    return encode_block(raw, {.level = level, .verify = verify}, &coded_, &workspace_, nullptr,
                        &block_);
  }
  Status decode() {
    return decode_block(block_.header, block_.payload, {}, &raw_, &workspace_, nullptr);
  }

  HookResource resource_{nullptr};
  Buffer coded_{&resource_};
  Buffer raw_{&resource_};
  BlockWorkspace workspace_{&resource_};
  EncodedBlock block_;
};

TEST_F(BlockCodec, MethodFollowsContent) {
  const Bytes random = noise(20000, 1);
  ASSERT_TRUE(encode(random, 1).ok());
  EXPECT_EQ(block_.header.method, Method::kStored);
  EXPECT_EQ(block_.header.kind, ngram::ContentKind::kIncompressible);

  const Bytes text = prose(20000, 1);
  ASSERT_TRUE(encode(text, 1).ok());
  EXPECT_EQ(block_.header.method, Method::kNgram);
  EXPECT_EQ(block_.header.kind, ngram::ContentKind::kText);
  EXPECT_LT(block_.payload.size(), text.size() / 2);
}

// Only the models know priors, and an EncodedBlock may have held another block before.
TEST_F(BlockCodec, OtherMethodsNameNoPrior) {
  const Bytes text = prose(20000, 1);
  for (const Bytes& raw : {noise(20000, 1), Bytes(20000, 'a'), noise(300, 2)}) {
    ASSERT_TRUE(encode(text, 1).ok());
    ASSERT_NE(block_.header.prior, kNoPrior);
    ASSERT_TRUE(encode(raw, 1).ok());
    ASSERT_NE(block_.header.method, Method::kNgram);
    EXPECT_EQ(block_.header.prior, kNoPrior);
  }
}

// A page that comes again and again: zstd at the fast levels, the models above.
TEST_F(BlockCodec, LongRepeatsGoToZstdAtTheFastLevels) {
  const Bytes page = prose(1000, 2);
  Bytes raw;
  while (raw.size() < 200000) raw.insert(raw.end(), page.begin(), page.end());
  for (int level : {1, 2, 3, 4}) {
    ASSERT_TRUE(encode(raw, level, /*verify=*/true).ok());
    EXPECT_EQ(block_.header.method, level <= 2 ? Method::kZstd : Method::kNgram) << level;
    ASSERT_TRUE(decode().ok());
    EXPECT_TRUE(std::equal(raw.begin(), raw.end(), raw_.data()));
  }
}

TEST_F(BlockCodec, WhatDoesNotShrinkIsStored) {
  for (size_t size = 1; size <= 600;
       ++size) {  // too short for the quick verdict: the models try, and fail
    const Bytes raw = noise(size, size);
    ASSERT_TRUE(encode(raw, 1).ok());
    ASSERT_EQ(block_.header.method, Method::kStored) << size;
    ASSERT_EQ(block_.payload.size(), size);
  }
}

// Where every decision goes the way of the code's zero, the code has no byte; a payload has one.
TEST_F(BlockCodec, ACodeOfNothingIsStillAByte) {
  size_t shortest = SIZE_MAX;
  for (const uint8_t byte : {uint8_t{0x00}, uint8_t{0xFF}}) {
    for (size_t size = 6; size < 200; ++size) {
      const Bytes raw(size, byte);
      for (int level : {1, 4}) {
        ASSERT_TRUE(encode(raw, level).ok());
        ASSERT_GE(block_.payload.size(), 1u);
        shortest = std::min(shortest, block_.payload.size());
        ASSERT_TRUE(decode().ok()) << size;
        ASSERT_TRUE(std::equal(raw.begin(), raw.end(), raw_.data())) << size;
      }
    }
  }
  EXPECT_EQ(shortest, 1u);
}

TEST_F(BlockCodec, MemoryIsWhatIsDeclared) {
  for (int level : {1, 2, 3, 4}) {
    for (const char* kind : {"prose", "json", "executable", "long-repeat"}) {
      const Bytes raw = corpus::generate(kind, 50000, 1);
      ASSERT_TRUE(encode(raw, level).ok());
      HookResource resource(nullptr);
      Buffer out(&resource);
      BlockWorkspace workspace(&resource);
      ASSERT_TRUE(decode_block(block_.header, block_.payload, {}, &out, &workspace, nullptr).ok());
      EXPECT_LE(resource.peak_bytes() + block_.payload.size(), block_decode_memory(block_.header));
      EXPECT_LE(block_decode_memory(block_.header),
                frame_decode_memory(level, block_.header.raw_size));
    }
  }
}

TEST_F(BlockCodec, DamagedPayloadIsFoundBeforeMemoryIsTaken) {
  const Bytes text = prose(5000, 3);
  ASSERT_TRUE(encode(text, 2).ok());
  Bytes payload(block_.payload.begin(), block_.payload.end());
  payload[payload.size() / 2] ^= 1;
  HookResource resource(nullptr);
  Buffer out(&resource);
  BlockWorkspace workspace(&resource);
  EXPECT_EQ(decode_block(block_.header, payload, {}, &out, &workspace, nullptr).code,
            PITH_ERR_CHECKSUM);
  EXPECT_EQ(resource.peak_bytes(), 0u);
}

// With the payload check made right again, the method meets garbage: an error, and no harm.
TEST_F(BlockCodec, DamageUnderARightPayloadCheckIsFoundByTheRawHash) {
  const Bytes page = prose(500, 4);
  Bytes repeats;
  while (repeats.size() < 200000) repeats.insert(repeats.end(), page.begin(), page.end());
  for (const Bytes& raw : {prose(3000, 5), repeats}) {
    ASSERT_TRUE(encode(raw, 1).ok());
    ASSERT_NE(block_.header.method, Method::kStored);
    Bytes payload(block_.payload.begin(), block_.payload.end());
    for (size_t bit = 0; bit < payload.size() * 8; bit += 5) {
      payload[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
      BlockHeader header = block_.header;
      header.payload_check = check32(payload);
      const Status status = decode_block(header, payload, {}, &raw_, &workspace_, nullptr);
      // A flip may leave the output as it was (unused bits at the end of a stream); it may not
      // change it.
      if (status.ok()) {
        EXPECT_TRUE(std::equal(raw.begin(), raw.end(), raw_.data()));
      } else {
        EXPECT_TRUE(status.code == PITH_ERR_CHECKSUM || status.code == PITH_ERR_CORRUPT) << bit;
      }
      payload[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    }
  }
}

TEST_F(BlockCodec, CancelStopsBothWays) {
  const Bytes text = prose(50000, 6);
  ASSERT_TRUE(encode(text, 1).ok());
  BlockControl control;
  control.cancel = true;
  EXPECT_EQ(decode_block(block_.header, block_.payload, {}, &raw_, &workspace_, &control).code,
            PITH_ERR_CANCELLED);
  Buffer coded(&resource_);
  EncodedBlock block;
  EXPECT_EQ(encode_block(text, {.level = 1}, &coded, &workspace_, &control, &block).code,
            PITH_ERR_CANCELLED);
}

}  // namespace
}  // namespace pith::test
