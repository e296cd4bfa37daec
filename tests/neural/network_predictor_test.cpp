// The predictor of networks and n-grams together: whatever both say, neither outcome is impossible.
#include "ngram/network_predictor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "container/network/network_run.h"
#include "corpora/generate.h"
#include "ngram/kernels_scalar.h"
#include "ngram/start_tables.h"
#include "tests/determinism/block_memory.h"
#include "tests/neural/small_model.h"

namespace pith::container {
namespace {

// Remembers the least probability that either outcome had.
struct Watch {
  uint32_t least = codec::kProbOne;
  uint32_t code(uint32_t bit, uint32_t p1) {
    least = std::min({least, p1, codec::kProbOne - p1});
    return bit;
  }
};

template <size_t kShape>
void expect_never_certain() {
  using Predictor = ngram::NetworkPredictor<ngram::ScalarKernels, kShape>;
  constexpr uint32_t kFloor = 1 << 4;  // in 1/2^24
  const auto network = test::small_model(1);
  ASSERT_NE(network, nullptr);
  uint32_t least = codec::kProbOne;
  for (const char* kind : {"zeros", "one-letter", "long-repeat", "prose", "random"}) {
    const std::vector<uint8_t> raw = corpus::generate(kind, 8000, 1);
    const auto raw_size = static_cast<uint32_t>(raw.size());
    const ngram::ContentKind text = ngram::ContentKind::kText;
    test::BlockMemory memory(ngram::network_predictor_memory(kShape, raw_size));
    test::BlockMemory run_memory(NetworkRun::memory_bytes(*network, 1));
    Predictor& predictor = *Predictor::create(text, ngram::start_table(ngram::kNetworkLevel, text),
                                              ngram::network_start(kShape, text, false), raw.data(),
                                              raw_size, memory.data(), nullptr);
    NetworkRun run(*network, ngram::kNetworkShape[kShape].guess_from, 1, nullptr,
                   run_memory.data());
    Watch watch;
    ASSERT_TRUE(run.encode(predictor, watch, raw, [](size_t) { return true; }));
    EXPECT_GE(watch.least, kFloor) << kind;
    least = std::min(least, watch.least);
  }
  EXPECT_LE(least, 64 * kFloor) << "the texts do not come near the limit";
}

TEST(NetworkPredictor, IsNeverCertain) {
  expect_never_certain<0>();
  expect_never_certain<1>();
}

}  // namespace
}  // namespace pith::container
