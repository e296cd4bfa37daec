// The predictor as a whole: probabilities in range that depend on nothing but the bytes seen.
#include "ngram/predictor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "corpora/generate.h"
#include "ngram/kernels_scalar.h"
#include "tests/determinism/block_memory.h"

namespace pith::ngram {
namespace {

constexpr uint32_t kFloor = 1 << 4;  // least probability of either bit, in 1/2^24
constexpr ContentKind kKindsUsed[] = {ContentKind::kText, ContentKind::kStructured,
                                      ContentKind::kBinary};

template <class Level>
class PredictorAt : public testing::Test {
 protected:
  using P = Predictor<ScalarKernels, Level::value>;

  // The probability of a 1 at each bit of raw. unseen: what the buffer holds where no byte was
  // appended yet.
  std::vector<uint32_t> probabilities(ContentKind kind, const std::vector<uint8_t>& raw,
                                      uint8_t content, uint8_t unseen) {
    const auto raw_size = static_cast<uint32_t>(raw.size());
    test::BlockMemory memory(layout(P::kShape, raw_size).total, content);
    std::vector<uint8_t> seen(raw.size(), unseen);
    P& predictor = *P::create(kind, seen.data(), raw_size, memory.data());
    std::vector<uint32_t> result;
    result.reserve(8 * raw.size());
    for (size_t i = 0; i < raw.size(); ++i) {
      for (int bit = 7; bit >= 0; --bit) {
        result.push_back(predictor.predict());
        predictor.update(static_cast<uint32_t>(raw[i] >> bit & 1));
      }
      seen[i] = raw[i];
      predictor.append();
    }
    return result;
  }
};

using Levels = testing::Types<std::integral_constant<size_t, 0>, std::integral_constant<size_t, 1>,
                              std::integral_constant<size_t, 2>, std::integral_constant<size_t, 3>>;
TYPED_TEST_SUITE(PredictorAt, Levels);

TYPED_TEST(PredictorAt, IsNeverCertain) {
  for (const std::string_view name : {"zeros", "periodic", "random", "log-access", "mixed"}) {
    const std::vector<uint8_t> raw = corpus::generate(name, 8000, 1);
    for (const uint32_t p : this->probabilities(ContentKind::kText, raw, 0, 0)) {
      ASSERT_GE(p, kFloor) << name;
      ASSERT_LE(p, codec::kProbOne - kFloor) << name;
    }
  }
}

TYPED_TEST(PredictorAt, NeitherMemoryNorWhatIsToComeMatters) {
  for (const ContentKind kind : kKindsUsed) {
    for (const std::string_view name : {"prose-wrapped", "records", "long-repeat"}) {
      const std::vector<uint8_t> raw = corpus::generate(name, 6000, 2);
      const std::vector<uint32_t> expected = this->probabilities(kind, raw, 0, 0);
      EXPECT_EQ(this->probabilities(kind, raw, 0xFF, 0), expected) << name;
      EXPECT_EQ(this->probabilities(kind, raw, 0x5A, 0xFF), expected) << name;
    }
  }
}

// Bits per byte of what is left once the model has seen enough of it.
TYPED_TEST(PredictorAt, LearnsWhatIsRegular) {
  for (const ContentKind kind : kKindsUsed) {
    for (const auto& [name, most] : {std::pair("zeros", 0.01),
                                     {"periodic", 0.05},
                                     {"random", 8.3},
                                     {"prose", 4.0},
                                     {"digits", 3.6}}) {
      const std::vector<uint8_t> raw = corpus::generate(name, 12000, 3);
      const std::vector<uint32_t> p = this->probabilities(kind, raw, 0, 0);
      double bits = 0;
      for (size_t i = p.size() / 2; i < p.size(); ++i) {
        const bool bit = raw[i / 8] >> (7 - i % 8) & 1;
        bits -= std::log2((bit ? p[i] : codec::kProbOne - p[i]) / double{codec::kProbOne});
      }
      EXPECT_LE(bits / (static_cast<double>(raw.size()) / 2), most) << name;
    }
  }
}

TYPED_TEST(PredictorAt, FitsItsRoom) {
  EXPECT_LE(sizeof(typename TestFixture::P), kPredictorRoom);
  EXPECT_TRUE(std::is_trivially_destructible_v<typename TestFixture::P>);
}

}  // namespace
}  // namespace pith::ngram
