// What goes in comes out, however it is cut.
#include <gtest/gtest.h>

#include <utility>

#include "corpora/generate.h"
#include "stream.h"

namespace pith::test {
namespace {

void expect_round_trip(View raw, const Options& setup) {
  const Bytes coded = encoded(raw, setup);
  const Result back = decode(coded, setup);
  ASSERT_EQ(back.status, PITH_END) << back.error.text;
  ASSERT_TRUE(std::equal(raw.begin(), raw.end(), back.bytes.begin(), back.bytes.end()));
}

// One encoder and one decoder over all of it: the objects are reusable.
TEST(RoundTrip, EveryLength) {
  const EncoderPtr enc(pith_encoder_new(nullptr));
  const DecoderPtr dec(pith_decoder_new(nullptr));
  ASSERT_EQ(pith_encoder_set(enc.get(), PITH_PARAM_LEVEL, 1), PITH_OK);
  const Bytes text = prose(5000, 1);
  const Bytes random = noise(5000, 2);
  for (size_t size = 0; size <= 5000; ++size) {
    for (const Bytes* source : {&text, &random}) {
      if (source == &text && size > 1500 && size % 8 != 0) continue;  // modelling is slow
      const View raw(source->data(), size);
      ASSERT_EQ(pith_encoder_reset(enc.get()), PITH_OK);
      ASSERT_EQ(pith_decoder_reset(dec.get()), PITH_OK);
      const Result coded = run_encoder(enc.get(), raw, Cuts::none(), Cuts::none());
      ASSERT_EQ(coded.status, PITH_END);
      ASSERT_LE(coded.bytes.size(), size + size / 1000 + 64 + (size < 40 ? 40 : 0)) << size;
      const Result back = run_decoder(dec.get(), coded.bytes, Cuts::none(), Cuts::none());
      ASSERT_EQ(back.status, PITH_END) << size;
      ASSERT_TRUE(std::equal(raw.begin(), raw.end(), back.bytes.begin(), back.bytes.end())) << size;
    }
  }
}

TEST(RoundTrip, AroundBlockEdges) {
  for (uint64_t block_size : {1024u, 4096u, 5000u}) {
    for (uint64_t blocks : {1u, 2u, 5u}) {
      for (int delta : {-1, 0, 1}) {
        const size_t size = block_size * blocks + static_cast<uint64_t>(delta);
        expect_round_trip(prose(size, size), {.block_size = block_size});
      }
    }
  }
}

TEST(RoundTrip, EveryKindOfContentAtEveryLevelUnderVerification) {
  for (const corpus::Kind& kind : corpus::kinds()) {
    SCOPED_TRACE(kind.name);
    const Bytes raw = corpus::generate(kind, 3000, 11);
    for (int level : {1, 2, 3, 4, 5, 7}) expect_round_trip(raw, {.level = level, .verify = true});
  }
}

TEST(RoundTrip, LevelsThatAreNoneOfTheirOwnMeanTheOneBelow) {
  const Bytes raw = prose(4000, 1);
  const size_t four = encoded(raw, {.level = 4}).size();
  const size_t five = encoded(raw, {.level = 5}).size();
  const size_t seven = encoded(raw, {.level = 7}).size();
  EXPECT_LT(five, four);
  EXPECT_LT(seven, five);
  for (const auto& [level, size] : {std::pair{6, five}, {8, seven}, {9, seven}}) {
    const Bytes coded = encoded(raw, {.level = level});
    EXPECT_EQ(coded.size(), size) << level;
    EXPECT_EQ(decode(coded, {}).bytes, raw) << level;
  }
}

TEST(RoundTrip, AnyCutGivesTheSameBytes) {
  const Bytes raw = prose(9000, 3);
  const Bytes whole = encoded(raw, {.block_size = 2048});
  for (const Cuts& in : {Cuts::of(1), Cuts::of(2048), Cuts::random(5)}) {
    for (const Cuts& out : {Cuts::of(1), Cuts::of(7), Cuts::random(6)}) {
      EXPECT_EQ(encoded(raw, {.block_size = 2048, .in = in, .out = out}), whole);
      const Result back = decode(whole, {.in = in, .out = out});
      EXPECT_EQ(back.status, PITH_END);
      EXPECT_EQ(back.bytes, raw);
    }
  }
}

TEST(RoundTrip, AnyNumberOfThreadsGivesTheSameBytesAtEveryLevel) {
  Bytes raw = prose(9000, 6);
  const Bytes random = noise(2000, 7);
  raw.insert(raw.begin() + 3000, random.begin(), random.end());
  for (const int level : {1, 2, 3, 4, 5, 7}) {
    const Bytes single = encoded(raw, {.level = level, .block_size = 1024});
    for (const unsigned threads : {1u, 2u, 3u, 7u, 16u}) {
      SCOPED_TRACE(testing::Message() << "level " << level << ", " << threads << " threads");
      EXPECT_EQ(encoded(raw, {.level = level, .block_size = 1024, .threads = threads}), single);
      EXPECT_EQ(decode(single, {.threads = threads}).bytes, raw);
    }
  }
}

TEST(RoundTrip, AnyNumberOfThreadsAndCutsGivesTheSameBytes) {
  Bytes raw = prose(60000, 4);
  const Bytes random = noise(9000, 5);
  raw.insert(raw.begin() + 20000, random.begin(), random.end());
  const Bytes single = encoded(raw, {.block_size = 4096});
  for (unsigned threads : {2u, 3u, 7u}) {
    EXPECT_EQ(encoded(raw, {.block_size = 4096, .threads = threads}), single);
    EXPECT_EQ(encoded(raw, {.block_size = 4096,
                            .threads = threads,
                            .in = Cuts::random(7),
                            .out = Cuts::random(8)}),
              single);
    EXPECT_EQ(decode(single, {.threads = threads}).bytes, raw);
    EXPECT_EQ(
        decode(single, {.threads = threads, .in = Cuts::random(9), .out = Cuts::random(10)}).bytes,
        raw);
  }
}

}  // namespace
}  // namespace pith::test
