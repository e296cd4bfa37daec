// A payload is as long as the predictor's own probabilities say, and hardly a byte more.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "container/methods/ngram_method.h"
#include "corpora/generate.h"
#include "model/byte_alphabet.h"
#include "model/walk.h"
#include "ngram/kernels_scalar.h"
#include "ngram/predictor.h"
#include "ngram/start_tables.h"
#include "tests/determinism/block_memory.h"

namespace pith::model {
namespace {

using Bytes = std::vector<uint8_t>;

// A coder that codes nothing and adds up what an ideal one would write.
struct IdealCoder {
  double bits = 0;

  uint32_t code(uint32_t bit, uint32_t p1) {
    bits += codec::kProbBits - std::log2(bit != 0 ? p1 : codec::kProbOne - p1);
    return bit;
  }
};

template <size_t kLevel>
double ideal_bytes(ngram::ContentKind kind, const Bytes& raw) {
  using Predictor = ngram::Predictor<ngram::ScalarKernels, kLevel>;
  const auto raw_size = static_cast<uint32_t>(raw.size());
  test::BlockMemory memory(ngram::layout(Predictor::kShape, raw_size).total);
  Predictor& predictor = *Predictor::create(kind, ngram::start_table(kLevel, kind), raw.data(),
                                            raw_size, memory.data());
  IdealCoder coder;
  const ByteAlphabet::Cursor start(ngram::byte_code(kind));
  for (const uint8_t byte : raw) {
    walk<ByteAlphabet>(predictor, coder, byte, start);
    predictor.append();
  }
  return coder.bits / 8;
}

size_t coded_bytes(int level, ngram::ContentKind kind, const Bytes& raw) {
  const container::NgramConfig config{
      .level = level, .kind = kind, .raw_size = static_cast<uint32_t>(raw.size())};
  test::BlockMemory memory(container::ngram_memory(config));
  Bytes coded(2 * raw.size() + 64);
  return container::ngram_encode(config, raw, coded, memory.bytes(), nullptr);
}

struct Text {
  std::string_view name;
  ngram::ContentKind kind;
  size_t size;
};

constexpr Text kTexts[] = {
    {"prose", ngram::ContentKind::kText, 60000},
    {"log-access", ngram::ContentKind::kStructured, 60000},
    {"records", ngram::ContentKind::kBinary, 40000},
    {"random", ngram::ContentKind::kBinary, 40000},
    {"zeros", ngram::ContentKind::kText, 200000},
    {"mixed", ngram::ContentKind::kText, 3000},
};

template <size_t kLevel>
void expect_small_loss() {
  for (const Text& text : kTexts) {
    const Bytes raw = corpus::generate(text.name, text.size, 1);
    const double ideal = ideal_bytes<kLevel>(text.kind, raw);
    const auto coded = static_cast<double>(coded_bytes(kLevel + 1, text.kind, raw));
    EXPECT_LE(coded, ideal * 1.0002 + 8) << text.name;
    EXPECT_GE(coded, ideal - 8) << text.name;
  }
}

TEST(CoderLoss, IsAtMostTwoHundredthsOfAPercentAtLevel1) { expect_small_loss<0>(); }
TEST(CoderLoss, IsAtMostTwoHundredthsOfAPercentAtLevel2) { expect_small_loss<1>(); }
TEST(CoderLoss, IsAtMostTwoHundredthsOfAPercentAtLevel3) { expect_small_loss<2>(); }
TEST(CoderLoss, IsAtMostTwoHundredthsOfAPercentAtLevel4) { expect_small_loss<3>(); }

}  // namespace
}  // namespace pith::model
