// The predictor as a whole: probabilities in range that depend on nothing but the bytes seen.
#include "ngram/predictor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "corpora/generate.h"
#include "ngram/kernels_scalar.h"
#include "ngram/start_tables.h"
#include "tests/determinism/block_memory.h"

namespace pith::ngram {
namespace {

constexpr uint32_t kFloor = 1 << 4;  // least probability of either bit, in 1/2^24
constexpr ContentKind kKindsUsed[] = {ContentKind::kText, ContentKind::kStructured,
                                      ContentKind::kBinary};

int64_t largest_sum = 0;  // of WideKernels, in size

// The scalar kernels, with an eye on what their sums would be without bounds.
struct WideKernels : ScalarKernels {
  template <size_t kInputs, size_t kSets>
  static int32_t dot(const int16_t* x, const int16_t* const* w) {
    int64_t sum = 0;
    for (size_t i = 0; i < kInputs; ++i) {
      int16_t weight = w[0][i];
      for (size_t s = 1; s < kSets; ++s) weight = saturated(weight + w[s][i]);
      sum += int64_t{x[i]} * weight;
    }
    largest_sum = std::max(largest_sum, std::abs(sum));
    return ScalarKernels::dot<kInputs, kSets>(x, w);
  }
};

// A decision of a byte and the probability of a 1 that was given for it.
struct Decision {
  uint32_t p1;
  uint32_t bit;
  size_t byte;  // its number

  bool operator==(const Decision&) const = default;
};

template <class Level>
class PredictorAt : public testing::Test {
 protected:
  template <class Kernels>
  using With = Predictor<Kernels, Level::value>;
  using P = With<ScalarKernels>;

  // The decisions of raw. content: what memory holds before; unseen: what the buffer holds where no
  // byte was appended yet.
  template <class Kernels = ScalarKernels>
  std::vector<Decision> decisions(ContentKind kind, const std::vector<uint8_t>& raw,
                                  uint8_t content = 0, uint8_t unseen = 0) {
    const auto raw_size = static_cast<uint32_t>(raw.size());
    test::BlockMemory memory(layout(P::kShape, raw_size).total, content);
    std::vector<uint8_t> seen(raw.size(), unseen);
    With<Kernels>& predictor = *With<Kernels>::create(kind, start_table(Level::value, kind),
                                                      seen.data(), raw_size, memory.data());
    const codec::ByteCode& code = byte_code(kind);
    std::vector<Decision> result;
    result.reserve(8 * raw.size());
    for (size_t i = 0; i < raw.size(); ++i) {
      for (uint32_t depth = 0; depth < code.length[raw[i]]; ++depth) {
        const uint32_t bit = uint32_t{code.code[raw[i]]} >> (15 - depth) & 1;
        result.push_back({predictor.predict(), bit, i});
        predictor.update(bit);
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
  for (const ContentKind kind : kKindsUsed) {
    for (const std::string_view name : {"zeros", "periodic", "random", "log-access", "mixed"}) {
      for (const Decision& d : this->decisions(kind, corpus::generate(name, 8000, 1))) {
        ASSERT_GE(d.p1, kFloor) << name;
        ASSERT_LE(d.p1, codec::kProbOne - kFloor) << name;
      }
    }
  }
}

TYPED_TEST(PredictorAt, NeitherMemoryNorWhatIsToComeMatters) {
  for (const ContentKind kind : kKindsUsed) {
    for (const std::string_view name : {"prose-wrapped", "records", "long-repeat"}) {
      const std::vector<uint8_t> raw = corpus::generate(name, 6000, 2);
      const std::vector<Decision> expected = this->decisions(kind, raw, 0, 0);
      EXPECT_TRUE(this->decisions(kind, raw, 0xFF, 0) == expected) << name;
      EXPECT_TRUE(this->decisions(kind, raw, 0x5A, 0xFF) == expected) << name;
    }
  }
}

// Bits per byte of what is left once the model has seen enough of it.
TYPED_TEST(PredictorAt, LearnsWhatIsRegular) {
  for (const ContentKind kind : kKindsUsed) {
    for (const auto& [name, most] : {std::pair("zeros", 0.01),
                                     {"periodic", 0.05},
                                     {"random", 8.7},
                                     {"prose", 4.0},
                                     {"digits", 3.6}}) {
      const std::vector<uint8_t> raw = corpus::generate(name, 12000, 3);
      double bits = 0;
      for (const Decision& d : this->decisions(kind, raw)) {
        if (d.byte < raw.size() / 2) continue;
        const double p = (d.bit != 0 ? d.p1 : codec::kProbOne - d.p1) / double{codec::kProbOne};
        bits -= std::log2(p);
      }
      EXPECT_LE(bits / (static_cast<double>(raw.size()) / 2), most) << name;
    }
  }
}

// Sums of products are modulo 2^32: one that goes round would tell the contrary of what all inputs
// say. They stay well away from it where inputs are at their surest, after what is least alike too.
TYPED_TEST(PredictorAt, MixedSumsDoNotGoRound) {
  for (const ContentKind kind : kKindsUsed) {
    for (const auto& [first, then] : {std::pair("random", "zeros"),
                                      {"long-repeat", "zeros"},
                                      {"zeros", "long-repeat"},
                                      {"periodic", "digits"},
                                      {"prose", "periodic"}}) {
      std::vector<uint8_t> raw = corpus::generate(first, 12000, 4);
      const std::vector<uint8_t> more = corpus::generate(then, 12000, 5);
      raw.insert(raw.end(), more.begin(), more.end());
      raw.insert(raw.end(), raw.begin(), raw.begin() + 12000);
      largest_sum = 0;
      (void)this->template decisions<WideKernels>(kind, raw);
      EXPECT_LE(largest_sum, std::numeric_limits<int32_t>::max() / 2) << first << " " << then;
    }
  }
}

TYPED_TEST(PredictorAt, FitsItsRoom) {
  EXPECT_LE(sizeof(typename TestFixture::P), kPredictorRoom);
  EXPECT_TRUE(std::is_trivially_destructible_v<typename TestFixture::P>);
}

}  // namespace
}  // namespace pith::ngram
