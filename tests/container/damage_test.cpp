// Damage census: every bit and every length of small archives of each method. None decodes to wrong
// bytes.
#include <gtest/gtest.h>

#include "container/format.h"
#include "stream.h"

namespace pith::test {
namespace {

struct Sample {
  const char* name;
  Bytes raw;
  Options setup;
};

std::vector<Sample> samples() {
  const Bytes page = prose(200, 1);
  Bytes repeats;
  while (repeats.size() < 100000) repeats.insert(repeats.end(), page.begin(), page.end());
  Bytes both = prose(1024, 2);
  const Bytes random = noise(200, 3);
  both.insert(both.end(), random.begin(), random.end());
  return {{"empty", {}, {}},
          {"stored", noise(100, 4), {}},
          {"zstd", repeats, {.level = 1}},
          {"n-gram", prose(700, 5), {.level = 1}},
          {"two blocks", both, {.level = 2, .block_size = 1024}}};
}

// An error, or the right bytes; and never a wrong byte before the error.
void expect_not_silent(const Result& result, const Bytes& raw) {
  ASSERT_LE(result.bytes.size(), raw.size());
  ASSERT_TRUE(std::equal(result.bytes.begin(), result.bytes.end(), raw.begin()));
  if (result.status == PITH_END) {
    ASSERT_EQ(result.bytes, raw);
  } else {
    ASSERT_LT(result.status, 0);
    ASSERT_NE(result.status, PITH_ERR_INTERNAL);
    ASSERT_NE(result.status, PITH_ERR_MEMORY);
  }
}

TEST(Damage, EveryBitFlipped) {
  for (const Sample& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const Bytes good = encoded(sample.raw, sample.setup);
    const DecoderPtr dec(pith_decoder_new(nullptr));
    size_t accepted = 0;
    for (size_t bit = 0; bit < 8 * good.size(); ++bit) {
      Bytes bad = good;
      bad[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
      ASSERT_EQ(pith_decoder_reset(dec.get()), PITH_OK);
      const Result result = run_decoder(dec.get(), bad, Cuts::none(), Cuts::none());
      expect_not_silent(result, sample.raw);
      if (HasFatalFailure()) FAIL() << "bit " << bit;
      if (result.status == PITH_END) ++accepted;
    }
    EXPECT_EQ(accepted, 0u);  // every bit of a frame is under a check
  }
}

TEST(Damage, EveryTruncation) {
  for (const Sample& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const Bytes good = encoded(sample.raw, sample.setup);
    for (size_t size = 0; size < good.size(); ++size) {
      for (unsigned threads : {1u, 2u}) {
        if (threads == 2 && size % 16 != 0) continue;  // threads are slow to start
        const Result result = decode(View(good).first(size), {.threads = threads});
        expect_not_silent(result, sample.raw);
        ASSERT_EQ(result.status, PITH_ERR_TRUNCATED) << size;
      }
    }
  }
}

TEST(Damage, BytesInsertedRemovedAndDoubled) {
  for (const Sample& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const Bytes good = encoded(sample.raw, sample.setup);
    for (size_t at = 0; at < good.size(); at += 1 + good.size() / 200) {
      const auto place = static_cast<ptrdiff_t>(at);
      Bytes removed = good;
      removed.erase(removed.begin() + place);
      Bytes inserted = good;
      inserted.insert(inserted.begin() + place, static_cast<uint8_t>(good[at] ^ 0x5A));
      Bytes doubled(good.begin(), good.begin() + place);
      doubled.insert(doubled.end(), good.begin(), good.end());
      for (const Bytes* bad : {&removed, &inserted}) {
        const Result result = decode(*bad, {});
        expect_not_silent(result, sample.raw);
        ASSERT_NE(result.status, PITH_END) << at;
      }
      if (at == 0) continue;  // two whole frames
      ASSERT_LT(decode(doubled, {}).status, 0) << at;
    }
  }
}

}  // namespace
}  // namespace pith::test
