// Every set of kernels against the scalar one, on numbers of usual size and on the largest.
#include "model/engine/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "model/engine/random_model.h"
#include "model/engine/rotary.h"

namespace pith::model {
namespace {

constexpr int32_t kResultMax = (1 << 30) - 1;  // of a product
// Lengths are multiples of 16: all up to several turns of the widest loop.
constexpr auto kLengths = [] {
  std::array<size_t, 17> lengths{};
  for (size_t i = 0; i < lengths.size(); ++i) lengths[i] = 16 * (i + 1);
  return lengths;
}();

// Where numbers come from: with `extreme` mostly from the ends of their range.
class Source {
 public:
  explicit Source(uint64_t seed) : random_(seed) {}

  int32_t number(int32_t limit, bool extreme) {
    if (extreme && random_.below(4) != 0) return random_.below(2) == 0 ? limit : -limit;
    return random_.between(-limit, limit);
  }
  AlignedVector<int32_t> numbers(size_t n, int32_t limit, bool extreme) {
    AlignedVector<int32_t> result(n);
    for (int32_t& x : result) x = number(limit, extreme);
    return result;
  }
  AlignedVector<int8_t> activations(size_t n, bool extreme) {
    AlignedVector<int8_t> result(n);
    for (int8_t& x : result) x = static_cast<int8_t>(number(127, extreme));
    return result;
  }
  Multiplier multiplier() {
    return {random_.between(-kUnit, kUnit),
            random_.between(kMultiplierShiftMin, kMultiplierShiftMax)};
  }
  PlainRandom& random() { return random_; }

 private:
  PlainRandom random_;
};

AlignedVector<int32_t> product(const Kernels& kernels, const PackedMatrix& matrix,
                               const AlignedVector<int8_t>& vectors, size_t stride, size_t count) {
  AlignedVector<int32_t> results(count * matrix.rows);
  kernels.product(matrix, vectors.data(), stride, count, results.data());
  return results;
}

class KernelsTest : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels_ = *GetParam();
  Source source_{7};
};

TEST_P(KernelsTest, Product) {
  for (const auto& [rows, columns] : std::vector<std::pair<size_t, size_t>>{
           {16, 4}, {16, 256}, {48, 37}, {112, 130}, {640, 64}, {96, kColumnsMax}}) {
    for (const bool extreme : {false, true}) {
      IntegerParameter parameter;
      const auto weights = source_.activations(rows * columns, extreme);
      parameter.weights = std::vector<int8_t>(weights.begin(), weights.end());
      parameter.scales.assign(rows, {kMantissaMax, 30});
      PackedMatrix matrix;
      ASSERT_TRUE(pack_matrix(parameter, columns, 0, rows, rows, {kMantissaMax, 18}, 12, &matrix));
      // The largest factors too.
      for (size_t row = 0; row < rows; row += 3) matrix.factors[row] = INT32_MAX;
      for (const size_t count : {1, 2, 3, 8, 13, 32, 41}) {
        const size_t stride = padded(columns) + 16;
        const auto vectors = source_.activations(count * stride, extreme);
        EXPECT_EQ(product(kernels_, matrix, vectors, stride, count),
                  product(kScalarKernels, matrix, vectors, stride, count))
            << rows << " x " << columns << " x " << count;
      }
    }
  }
}

TEST_P(KernelsTest, ProductOfEveryNumberOfColumnsRowsAndVectors) {
  for (size_t columns = 1; columns <= 140; ++columns) {
    const size_t rows = 16 * (1 + columns % 9);
    IntegerParameter parameter;
    const auto weights = source_.activations(rows * columns, columns % 2 == 0);
    parameter.weights = std::vector<int8_t>(weights.begin(), weights.end());
    parameter.scales.assign(rows, {kMantissaMax, 30});
    PackedMatrix matrix;
    ASSERT_TRUE(pack_matrix(parameter, columns, 0, rows, rows, {kMantissaMax, 18}, 12, &matrix));
    const size_t stride = padded(columns);
    for (size_t count = 1; count <= 33; count += 1 + columns % 5) {
      const auto vectors = source_.activations(count * stride, false);
      ASSERT_EQ(product(kernels_, matrix, vectors, stride, count),
                product(kScalarKernels, matrix, vectors, stride, count))
          << rows << " x " << columns << " x " << count;
    }
  }
}

// Of vectors with anything from no element to all of them that is not 0.
TEST_P(KernelsTest, SparseProduct) {
  for (const auto& [rows, columns] : std::vector<std::pair<size_t, size_t>>{
           {16, 4}, {48, 37}, {112, 130}, {256, 640}, {640, 64}, {96, kColumnsMax}}) {
    IntegerParameter parameter;
    const auto weights = source_.activations(rows * columns, false);
    parameter.weights = std::vector<int8_t>(weights.begin(), weights.end());
    parameter.scales.assign(rows, {kMantissaMax, 30});
    PackedMatrix matrix;
    ASSERT_TRUE(pack_matrix(parameter, columns, 0, rows, rows, {kMantissaMax, 18}, 12, &matrix));
    for (const uint32_t zeros_of_64 : {64, 60, 32, 0}) {
      auto vector = source_.activations(padded(columns), false);
      for (int8_t& x : vector) {
        x = static_cast<int8_t>(source_.random().below(64) < zeros_of_64 ? 0 : x < 0 ? -x : x);
      }
      AlignedVector<int32_t> expected(rows);
      AlignedVector<int32_t> results(rows);
      kScalarKernels.product(matrix, vector.data(), vector.size(), 1, expected.data());
      kernels_.sparse_product(matrix, vector.data(), results.data());
      EXPECT_EQ(results, expected) << rows << " x " << columns << ", " << zeros_of_64;
    }
  }
}

TEST_P(KernelsTest, ProductOfTheLargest) {
  std::vector<int8_t> weights;
  for (size_t row = 0; row < 16; ++row) {
    weights.insert(weights.end(), kColumnsMax, row % 2 == 0 ? int8_t{127} : int8_t{-127});
  }
  IntegerParameter parameter;
  parameter.weights = std::move(weights);
  parameter.scales.assign(16, {kMantissaMax, 20});
  PackedMatrix matrix;
  ASSERT_TRUE(pack_matrix(parameter, kColumnsMax, 0, 16, 16, {kMantissaMin, 18}, 12, &matrix));
  for (const int8_t activation : {int8_t{127}, int8_t{-127}}) {
    const AlignedVector<int8_t> vector(kColumnsMax, activation);
    AlignedVector<int32_t> results(16);
    kernels_.product(matrix, vector.data(), kColumnsMax, 1, results.data());
    for (size_t row = 0; row < 16; ++row) {
      const int64_t sum =
          int64_t{127} * 127 * kColumnsMax * (row % 2 == 0 ? 1 : -1) * (activation > 0 ? 1 : -1);
      const int64_t half = int64_t{1} << (matrix.shift - 1);
      EXPECT_EQ(results[row], (sum * matrix.factors[row] + half) >> matrix.shift);
    }
    if (activation < 0) continue;
    AlignedVector<int32_t> same(16);
    kernels_.sparse_product(matrix, vector.data(), same.data());
    EXPECT_EQ(same, results);
  }
}

TEST_P(KernelsTest, Enter) {
  for (const size_t n : kLengths) {
    for (const bool extreme : {false, true}) {
      const auto row = source_.activations(n, extreme);
      const auto projected = source_.numbers(n, extreme ? kResultMax : 1 << 15, extreme);
      const Multiplier multiplier = {kUnit - 1, extreme ? kMultiplierShiftMin : 16};
      for (const int32_t* more : {projected.data(), static_cast<const int32_t*>(nullptr)}) {
        AlignedVector<int32_t> expected(n);
        AlignedVector<int32_t> results(n);
        kScalarKernels.enter(n, n - 3, row.data(), multiplier, more, expected.data());
        kernels_.enter(n, n - 3, row.data(), multiplier, more, results.data());
        EXPECT_EQ(results, expected);
      }
    }
  }
}

TEST_P(KernelsTest, AddAndNormalise) {
  for (const size_t n : kLengths) {
    for (const int32_t size : {1, 100, 5000, 1 << 24}) {
      const auto branch = source_.numbers(n, size == 1 << 24 ? kResultMax : size, true);
      AlignedVector<int32_t> expected = source_.numbers(n, size, false);
      AlignedVector<int32_t> results = expected;
      kScalarKernels.add(n, branch.data(), expected.data());
      kernels_.add(n, branch.data(), results.data());
      EXPECT_EQ(results, expected);
      AlignedVector<int8_t> expected_out(n);
      AlignedVector<int8_t> out(n);
      kScalarKernels.normalise(n, n, expected.data(), expected_out.data());
      kernels_.normalise(n, n, expected.data(), out.data());
      EXPECT_EQ(out, expected_out);
    }
  }
}

TEST_P(KernelsTest, Square) {
  for (const size_t n : kLengths) {
    for (const int32_t size : {3000, 40000, kResultMax}) {
      const auto in = source_.numbers(n, size, size == kResultMax);
      for (int i = 0; i < 20; ++i) {
        const Multiplier multiplier = source_.multiplier();
        AlignedVector<int8_t> expected(n);
        AlignedVector<int8_t> out(n);
        kScalarKernels.square(n, in.data(), multiplier, expected.data());
        kernels_.square(n, in.data(), multiplier, out.data());
        EXPECT_EQ(out, expected);
      }
    }
  }
}

TEST_P(KernelsTest, Recur) {
  for (const size_t n : kLengths) {
    for (const bool extreme : {false, true}) {
      RecurrenceWeights weights;
      for (const int32_t x : source_.numbers(kTaps * 2 * n, extreme ? 16383 : 5000, extreme)) {
        weights.taps.push_back(static_cast<int16_t>(x));
      }
      weights.bias = source_.numbers(n, extreme ? 1 << 19 : 20000, extreme);
      for (size_t i = 0; i < n; ++i) {
        const Multiplier multiplier = source_.multiplier();
        weights.gain_mantissa.push_back(multiplier.mantissa);
        weights.gain_shift.push_back(multiplier.shift);
      }
      AlignedVector<int16_t> past[2];
      AlignedVector<int32_t> hidden[2];
      AlignedVector<int8_t> out[2];
      for (int which = 0; which < 2; ++which) {
        past[which].assign(kTaps * 2 * n, 0);
        hidden[which].assign(n, 0);
        out[which].assign(n, 0);
      }
      // Long enough for the largest state.
      for (uint32_t t = 0; t < 60; ++t) {
        const auto in = source_.numbers(3 * n, extreme ? kResultMax : 8000, extreme);
        for (int which = 0; which < 2; ++which) {
          int16_t* rows[kTaps];
          for (uint32_t k = 0; k < kTaps; ++k) {
            rows[k] = past[which].data() + (t - k) % kTaps * 2 * n;
          }
          const Kernels& kernels = which == 0 ? kScalarKernels : kernels_;
          kernels.recur(n, weights, in.data(), rows, hidden[which].data(), out[which].data());
        }
        ASSERT_EQ(hidden[1], hidden[0]) << t;
        ASSERT_EQ(out[1], out[0]) << t;
        for (const int32_t h : hidden[0]) {
          ASSERT_LE(h, 1 << 24);
          ASSERT_GE(h, -(1 << 24));
        }
      }
    }
  }
}

TEST_P(KernelsTest, Attend) {
  for (const size_t width : {4, 18, 64, 128}) {
    const std::vector<uint32_t> turns = rotary_turns(width);
    const AttentionShape shape = {.heads = 4,
                                  .kv_heads = 2,
                                  .width = width,
                                  .window = 9,
                                  .weight_bits = kUnitBits,
                                  .score_mantissa = 8000,
                                  .turns = turns.data()};
    AlignedVector<int8_t> keys[2];
    AlignedVector<int8_t> values[2];
    for (int which = 0; which < 2; ++which) {
      keys[which].assign(shape.window * shape.shared(), 0);
      values[which].assign(shape.window * shape.shared(), 0);
    }
    AlignedVector<int8_t> query(shape.queries());
    AlignedVector<int32_t> weights(shape.window);
    AlignedVector<int32_t> sums(width);
    for (uint32_t place = 0; place < 20; ++place) {
      const int32_t size = place % 5 == 0 ? kResultMax : 20000;
      const auto in = source_.numbers(8 * width, size, place % 5 == 0);
      AlignedVector<int8_t> out[2];
      for (int which = 0; which < 2; ++which) {
        out[which].resize(shape.queries());
        const Kernels& kernels = which == 0 ? kScalarKernels : kernels_;
        kernels.attend(shape, {.place = place,
                               .in = in.data(),
                               .keys = keys[which].data(),
                               .values = values[which].data(),
                               .query = query.data(),
                               .weights = weights.data(),
                               .sums = sums.data(),
                               .step = {kMantissaMin, 18},
                               .out = out[which].data()});
      }
      EXPECT_EQ(keys[1], keys[0]);
      EXPECT_EQ(values[1], values[0]);
      EXPECT_EQ(out[1], out[0]);
    }
  }
}

TEST_P(KernelsTest, Count) {
  for (const size_t n : kLengths) {
    for (const int32_t size : {1000, 300000, kResultMax}) {
      const auto bias = source_.numbers(n, size == kResultMax ? 1 << 23 : 70000, true);
      AlignedVector<int32_t> logits[2];
      AlignedVector<uint32_t> counts[2];
      logits[0] = source_.numbers(n, size, size == kResultMax);
      logits[1] = logits[0];
      for (int which = 0; which < 2; ++which) {
        counts[which].resize(n);
        const Kernels& kernels = which == 0 ? kScalarKernels : kernels_;
        kernels.count(n, bias.data(), logits[which].data(), counts[which].data());
      }
      EXPECT_EQ(counts[1], counts[0]);
      EXPECT_EQ(*std::max_element(counts[0].begin(), counts[0].end()), 1u << 20);
      EXPECT_GE(*std::min_element(counts[0].begin(), counts[0].end()), 1u);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, KernelsTest,
                         testing::ValuesIn(runnable_kernels().begin(), runnable_kernels().end()),
                         [](const auto& set) { return std::string(set.param->name); });

}  // namespace
}  // namespace pith::model
