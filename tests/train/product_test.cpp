// Matrix products of both precisions, and the iteration built on them.
#include <gtest/gtest.h>

#include <cmath>
#include <tuple>
#include <vector>

#include "model/train/matrix_product.h"
#include "model/train/orthogonalise.h"
#include "model/train/random.h"

namespace pith::train {
namespace {

std::vector<float> normal_numbers(size_t n, uint64_t seed) {
  Random random(seed);
  std::vector<float> numbers(n);
  for (float& number : numbers) number = static_cast<float>(random.normal());
  return numbers;
}

// Sets a precision for one test.
class WithPrecision {
 public:
  explicit WithPrecision(Precision precision) : kept_(train::precision()) {
    available_ = set_precision(precision);
  }
  WithPrecision(const WithPrecision&) = delete;
  WithPrecision& operator=(const WithPrecision&) = delete;
  ~WithPrecision() { static_cast<void>(set_precision(kept_)); }
  [[nodiscard]] bool available() const { return available_; }

 private:
  Precision kept_;
  bool available_;
};

// m, n, k; a and b transposed. Sizes around those of the kernels, and far from them.
using Shape = std::tuple<size_t, size_t, size_t>;

class ProductTest : public testing::TestWithParam<Shape> {};

void expect_products(Precision precision, double tolerance, const Shape& shape) {
  const WithPrecision with(precision);
  if (!with.available()) GTEST_SKIP() << "not on this processor";
  const auto [m, n, k] = shape;
  const std::vector<float> a = normal_numbers(m * k, 1);
  const std::vector<float> b = normal_numbers(k * n, 2);
  constexpr size_t kGap = 3;  // elements after each row of c that must stay
  const std::vector<float> before = normal_numbers(m * (n + kGap), 3);
  for (int form = 0; form < 8; ++form) {
    const bool a_transposed = (form & 1) != 0;
    const bool b_transposed = (form & 2) != 0;
    const bool accumulate = (form & 4) != 0;
    std::vector<float> c = before;
    multiply<float>(m, n, k, {a.data(), a_transposed ? m : k, a_transposed},
                    {b.data(), b_transposed ? k : n, b_transposed}, c.data(), n + kGap, accumulate);
    for (size_t i = 0; i < m; ++i) {
      for (size_t j = 0; j < n + kGap; ++j) {
        const size_t at = i * (n + kGap) + j;
        if (j >= n) {
          ASSERT_EQ(c[at], before[at]) << "behind row " << i;
          continue;
        }
        double expected = accumulate ? double{before[at]} : 0;
        for (size_t l = 0; l < k; ++l) {
          expected += double{a[a_transposed ? l * m + i : i * k + l]} *
                      double{b[b_transposed ? j * k + l : l * n + j]};
        }
        ASSERT_NEAR(c[at], expected, tolerance * std::sqrt(static_cast<double>(k)))
            << "form " << form << " row " << i << " column " << j;
      }
    }
  }
}

TEST_P(ProductTest, Float32) { expect_products(Precision::kFloat32, 1e-5, GetParam()); }

// bfloat16 has 8 bits: each factor is off by at most 2^-9 of itself.
TEST_P(ProductTest, Bfloat16) { expect_products(Precision::kBfloat16, 0.03, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Shapes, ProductTest,
                         testing::Values(Shape{1, 1, 1}, Shape{12, 32, 2}, Shape{13, 33, 3},
                                         Shape{5, 16, 257}, Shape{11, 47, 31}, Shape{24, 64, 256},
                                         Shape{245, 17, 40}, Shape{3, 100, 511}));

TEST(OrthogonaliserTest, BringsSingularValuesNearOne) {
  for (const auto& [rows, columns] : {std::pair<size_t, size_t>{24, 24}, {40, 16}, {16, 40}}) {
    std::vector<float> x = normal_numbers(rows * columns, 4);
    for (float& value : x) value *= 1e-4f;  // gradients are small
    Orthogonaliser().run(rows, columns, x.data());
    // All singular values s have 0.5 < s^2 < 1.6; so have the squares of the lengths of the shorter
    // side's rows, and their products with each other are small.
    const bool tall = rows > columns;
    const size_t count = tall ? columns : rows;
    const size_t length = tall ? rows : columns;
    for (size_t i = 0; i < count; ++i) {
      for (size_t j = 0; j < count; ++j) {
        double dot = 0;
        for (size_t l = 0; l < length; ++l) {
          dot += tall ? double{x[l * columns + i]} * double{x[l * columns + j]}
                      : double{x[i * columns + l]} * double{x[j * columns + l]};
        }
        if (i == j) {
          EXPECT_GT(dot, 0.4);
          EXPECT_LT(dot, 1.6);
        } else {
          EXPECT_LT(std::abs(dot), 0.4);
        }
      }
    }
  }
}

TEST(OrthogonaliserTest, LeavesZeroAlone) {
  std::vector<float> x(12, 0.0f);
  Orthogonaliser().run(3, 4, x.data());
  EXPECT_EQ(x, std::vector<float>(12, 0.0f));
}

}  // namespace
}  // namespace pith::train
