// The range coder: what goes in comes out, in as few bytes as the probabilities allow.
#include "codec/range_coder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace pith::codec {
namespace {

// A decision to code: a bit, or a symbol of a cumulative table.
struct Decision {
  bool is_symbol = false;
  uint32_t bit = 0;
  uint32_t p1 = 0;   // bits
  uint32_t low = 0;  // symbols: [low, high) of 2^24
  uint32_t high = 0;
};

double ideal_bits(const Decision& d) {
  const double share = d.is_symbol ? d.high - d.low : (d.bit != 0 ? d.p1 : kProbOne - d.p1);
  return kProbBits - std::log2(share);
}

size_t encode(const std::vector<Decision>& decisions, std::span<uint8_t> dst, bool* overflowed) {
  RangeEncoder encoder(dst);
  for (const Decision& d : decisions) {
    if (d.is_symbol) {
      encoder.encode_symbol(d.low, d.high);
    } else {
      encoder.encode(d.bit, d.p1);
    }
  }
  const size_t size = encoder.finish();
  *overflowed = encoder.overflowed();
  return size;
}

std::vector<uint8_t> encode(const std::vector<Decision>& decisions) {
  double bits = 0;
  for (const Decision& d : decisions) bits += ideal_bits(d);
  std::vector<uint8_t> out(static_cast<size_t>(bits / 8 * 1.001) + 16);
  bool overflowed = false;
  out.resize(encode(decisions, out, &overflowed));
  EXPECT_FALSE(overflowed);
  return out;
}

void expect_decodes(const std::vector<Decision>& decisions, std::span<const uint8_t> coded) {
  RangeDecoder decoder(coded);
  for (size_t i = 0; i < decisions.size(); ++i) {
    const Decision& d = decisions[i];
    if (d.is_symbol) {
      const uint32_t point = decoder.symbol_point();
      ASSERT_GE(point, d.low) << i;
      ASSERT_LT(point, d.high) << i;
      decoder.take_symbol(d.low, d.high);
    } else {
      ASSERT_EQ(decoder.decode(d.p1), d.bit) << i;
    }
  }
  ASSERT_LE(decoder.overrun(), 8u);
}

// How the probabilities of a test are spread.
enum class Spread { kEven, kExtreme, kSurprising };

std::vector<Decision> random_decisions(size_t count, Spread spread, bool symbols, uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto probability = [&]() -> uint32_t {
    if (spread == Spread::kEven) return 1 + static_cast<uint32_t>(random() % (kProbOne - 1));
    const uint32_t small = 1u << (random() % 12);
    return random() % 2 == 0 ? small : kProbOne - small;
  };
  std::vector<Decision> decisions(count);
  for (Decision& d : decisions) {
    d.is_symbol = symbols && random() % 2 == 0;
    d.p1 = probability();
    if (d.is_symbol) {
      // Symbols at either end of the table, and everywhere between; the narrowest are one wide.
      d.low = random() % 4 == 0 ? 0 : static_cast<uint32_t>(random() % kProbOne);
      const uint32_t width = std::min(probability(), kProbOne - d.low);
      d.high = random() % 4 == 0 ? kProbOne : d.low + width;
    } else if (spread == Spread::kSurprising) {
      d.bit = d.p1 < kProbOne / 2 ? 1 : 0;  // what is least likely
    } else {
      d.bit = random() % kProbOne < d.p1 ? 1 : 0;
    }
  }
  return decisions;
}

TEST(RangeCoder, RoundTripsOfEveryLength) {
  for (const Spread spread : {Spread::kEven, Spread::kExtreme, Spread::kSurprising}) {
    for (const bool symbols : {false, true}) {
      for (size_t count = 0; count < 120; ++count) {
        const auto decisions = random_decisions(count, spread, symbols, count);
        ASSERT_NO_FATAL_FAILURE(expect_decodes(decisions, encode(decisions))) << count;
      }
    }
  }
}

TEST(RangeCoder, LongRoundTrips) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    for (const Spread spread : {Spread::kEven, Spread::kExtreme, Spread::kSurprising}) {
      const auto decisions = random_decisions(20000, spread, seed % 2 == 0, seed);
      ASSERT_NO_FATAL_FAILURE(expect_decodes(decisions, encode(decisions))) << seed;
    }
  }
}

TEST(RangeCoder, CarriesRunThroughManyBytes) {
  // The last symbol of the table again and again brings low close below one: the bytes are all
  // 0xFF. A step more then carries through all of them.
  for (size_t count : {1u, 2u, 3u, 7u, 50u, 500u}) {
    std::vector<Decision> decisions(count, {true, 0, 0, kProbOne - 1, kProbOne});
    ASSERT_NO_FATAL_FAILURE(expect_decodes(decisions, encode(decisions)));
    for (uint32_t width : {1u, 3u, 1000u, kProbOne / 2}) {
      auto more = decisions;
      more.push_back({true, 0, 0, kProbOne - width, kProbOne});
      more.push_back({true, 0, 0, 0, 1});
      more.insert(more.end(), 5, {false, 0, kProbOne - 1, 0, 0});
      ASSERT_NO_FATAL_FAILURE(expect_decodes(more, encode(more)));
    }
  }
}

TEST(RangeCoder, SizeIsTheIdealOneWithinTwoHundredthsOfAPercent) {
  for (const Spread spread : {Spread::kEven, Spread::kExtreme, Spread::kSurprising}) {
    const auto decisions = random_decisions(200000, spread, false, 7);
    double bits = 0;
    for (const Decision& d : decisions) bits += ideal_bits(d);
    const double size = 8.0 * static_cast<double>(encode(decisions).size());
    EXPECT_LE(size, bits * 1.0002 + 64);
    EXPECT_GE(size, bits - 64);
  }
}

TEST(RangeCoder, CertainRunsCostNextToNothing) {
  const std::vector<Decision> run(100000, {false, 1, kProbOne - 1, 0, 0});
  EXPECT_LE(encode(run).size(), 3u);
}

TEST(RangeCoder, NothingIsZeroBytes) { EXPECT_TRUE(encode({}).empty()); }

// Long runs that are ever so little uncertain leave low at zero: a code of zeros alone. It must
// keep enough of them to be told from one that was cut short (expect_decodes looks at the overrun).
TEST(RangeCoder, CodesOfZerosAloneAreWhole) {
  for (size_t count : {1u, 10u, 100u, 1000u, 30000u}) {
    for (uint32_t p1 : {kProbOne / 2, kProbOne - kProbOne / 256, kProbOne - 1}) {
      const std::vector<Decision> run(count, {false, 1, p1, 0, 0});
      ASSERT_NO_FATAL_FAILURE(expect_decodes(run, encode(run)));
    }
  }
}

TEST(RangeCoder, NeverWritesPastItsEnd) {
  const auto decisions = random_decisions(300, Spread::kEven, true, 3);
  const size_t whole = encode(decisions).size();
  for (size_t room = 0; room <= whole + 8; ++room) {
    std::vector<uint8_t> dst(room + 8, 0xAB);
    bool overflowed = false;
    const size_t size = encode(decisions, std::span<uint8_t>(dst).first(room), &overflowed);
    ASSERT_LE(size, room);
    if (room < whole) {
      ASSERT_TRUE(overflowed) << room;
    }
    if (!overflowed) {
      ASSERT_EQ(size, whole);
    }
    for (size_t i = room; i < dst.size(); ++i) ASSERT_EQ(dst[i], 0xAB);
  }
}

TEST(RangeDecoder, AnyBytesAreSafe) {
  std::mt19937_64 random(1);
  for (size_t size = 0; size < 60; ++size) {
    std::vector<uint8_t> bytes(size);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(size % 3 == 0 ? 0xFF : random());
    RangeDecoder decoder(bytes);
    for (int i = 0; i < 500; ++i) {
      ASSERT_LE(decoder.decode(1 + static_cast<uint32_t>(random() % (kProbOne - 1))), 1u);
      const uint32_t point = decoder.symbol_point();
      ASSERT_LT(point, kProbOne);
      const uint32_t low = point - static_cast<uint32_t>(random() % (uint64_t{point} + 1));
      decoder.take_symbol(low, point + 1);
    }
  }
}

}  // namespace
}  // namespace pith::codec
