// What goes in comes out: many small texts and binaries of every kind, at every level, in blocks,
// by threads and in cuts as chance has it.
//
//   round_trip_census [CASES [FIRST]]
//
// Case n is the same in every run; one that fails is printed and can be tried alone.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <random>
#include <string>

#include "corpora/generate.h"
#include "tests/container/stream.h"

namespace {

using pith::test::Bytes;
using pith::test::Cuts;
using pith::test::Result;

struct Case {
  const pith::corpus::Kind* kind;
  int level;
  uint64_t block_size;  // 0: the level's own
  unsigned threads;
  bool in_cuts;
  Bytes raw;
};

// About as much time goes to each level.
int level_of(uint64_t random) {
  constexpr int kLevels[] = {1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 7};
  return kLevels[random % std::size(kLevels)];
}

size_t size_of(bool network, std::mt19937_64& random) {
  const uint64_t which = random() % 4;
  const uint64_t one = random();
  const uint64_t two = random();
  if (which == 0) return one % 64;
  if (which == 1 || (which == 2 && network)) return one % 600;
  if (which == 2) return one % 5001;
  return 1024 * (1 + one % (network ? 1 : 3)) + two % 3 - 1;  // around the ends of blocks
}

Case made(uint64_t number) {
  std::mt19937_64 random(number);
  const auto kinds = pith::corpus::kinds();
  Case c = {};
  c.kind = &kinds[number % kinds.size()];
  c.level = level_of(random());
  const size_t size = size_of(c.level >= 5, random);
  c.raw = pith::corpus::generate(*c.kind, size, random());
  if (size != 0 && random() % 4 == 0) {  // and something else from somewhere on
    const pith::corpus::Kind& kind = kinds[random() % kinds.size()];
    const Bytes other = pith::corpus::generate(kind, size, random());
    for (size_t i = random() % size; i < size; ++i) c.raw[i] = other[i];
  }
  if (size != 0 && random() % 8 == 0) {
    for (size_t n = random() % 8; n > 0; --n) {
      const size_t at = random() % size;
      c.raw[at] = static_cast<uint8_t>(random());
    }
  }
  constexpr uint64_t kBlockSizes[] = {0, 0, 1024, 1500};
  c.block_size = kBlockSizes[random() % std::size(kBlockSizes)];
  c.threads = random() % 8 == 0 ? 3 : 1;
  c.in_cuts = random() % 4 == 0;
  return c;
}

class Census {
 public:
  // Empty, or what is wrong.
  [[nodiscard]] std::string problem_of(const Case& c, uint64_t seed) {
    pith_encoder* const encoder = encoder_.get();
    pith_decoder* const decoder = decoder_.get();
    const auto level = static_cast<uint64_t>(c.level);
    if (pith_encoder_reset(encoder) != PITH_OK || pith_decoder_reset(decoder) != PITH_OK ||
        pith_encoder_set(encoder, PITH_PARAM_LEVEL, level) != PITH_OK ||
        pith_encoder_set(encoder, PITH_PARAM_BLOCK_SIZE, c.block_size) != PITH_OK ||
        pith_encoder_set(encoder, PITH_PARAM_THREADS, c.threads) != PITH_OK ||
        pith_decoder_set(decoder, PITH_PARAM_THREADS, c.threads) != PITH_OK) {
      return "parameters were refused";
    }
    const Result coded = run_encoder(encoder, c.raw, cuts(c, seed), cuts(c, seed + 1));
    if (coded.status != PITH_END) return std::string("encoder: ") + coded.error.text;
    const Result back = run_decoder(decoder, coded.bytes, cuts(c, seed + 2), cuts(c, seed + 3));
    if (back.status != PITH_END) return std::string("decoder: ") + back.error.text;
    if (back.bytes != c.raw) return "other bytes came back";
    if (c.block_size == 0 && coded.bytes.size() > pith_bound(c.raw.size())) {
      return "grew to " + std::to_string(coded.bytes.size()) + " bytes";
    }
    return {};
  }

 private:
  static Cuts cuts(const Case& c, uint64_t seed) {
    return c.in_cuts ? Cuts::random(seed) : Cuts::none();
  }

  // All cases go through the same two.
  pith::test::EncoderPtr encoder_{pith_encoder_new(nullptr)};
  pith::test::DecoderPtr decoder_{pith_decoder_new(nullptr)};
};

}  // namespace

int main(int argc, char** argv) {
  const uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000;
  const uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  Census census;
  uint64_t failures = 0;
  for (uint64_t n = first; n < first + cases; ++n) {
    const Case c = made(n);
    const std::string problem = census.problem_of(c, n);
    if (problem.empty()) continue;
    ++failures;
    std::printf("FAILED: case %" PRIu64 ", %zu bytes of %s at level %d: %s\n", n, c.raw.size(),
                std::string(c.kind->name).c_str(), c.level, problem.c_str());
  }
  std::printf("round trips: %" PRIu64 " cases, %" PRIu64 " failures\n", cases, failures);
  return cases > 0 && failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
