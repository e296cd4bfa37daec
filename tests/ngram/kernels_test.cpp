// Every kernel computes what the scalar ones say they do, bit for bit, up to the ends of all
// ranges.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "kernel_functions.h"
#include "ngram/kernels_scalar.h"

namespace pith::ngram {
namespace {

constexpr size_t kMostLanes = 24;
constexpr size_t kMostInputs = 96;
constexpr size_t kMostSets = 4;
constexpr int32_t kLeast = std::numeric_limits<int16_t>::min();
constexpr int32_t kMost = std::numeric_limits<int16_t>::max();
constexpr int16_t kUntouched = 0x5A5A;

std::vector<KernelFunctions> kernels() {
  std::vector<KernelFunctions> found = {kernel_functions<ScalarKernels>([] { return true; })};
#if defined(__x86_64__)
  for (const KernelFunctions& k : {kAvx2Functions, kAvx512Functions}) {
    if (k.supported()) found.push_back(k);
  }
#elif defined(__aarch64__)
  found.push_back(kNeonFunctions);
#endif
  return found;
}

// How the numbers of a case are drawn.
enum class Draw { kAny, kLimits, kSmall };
constexpr Draw kDraws[] = {Draw::kAny, Draw::kLimits, Draw::kSmall};

struct Numbers {
  std::mt19937_64 random;
  Draw draw;

  int16_t within(int32_t least, int32_t most) {
    const auto any = static_cast<int32_t>(random() % static_cast<uint64_t>(most - least + 1));
    if (draw == Draw::kAny) return static_cast<int16_t>(least + any);
    if (draw == Draw::kLimits) return static_cast<int16_t>(any % 2 == 0 ? least : most);
    return static_cast<int16_t>(std::clamp(any % 71 - 35, least, most));
  }
};

// Weights of kMostSets rows, with a margin behind each.
struct Rows {
  alignas(64) int16_t weight[kMostSets][kMostInputs];
  int16_t* row[kMostSets];

  explicit Rows(Numbers* numbers) {
    for (size_t s = 0; s < kMostSets; ++s) {
      row[s] = weight[s];
      for (int16_t& w : weight[s]) w = numbers->within(kLeast, kMost);
    }
  }
};

int32_t clamped(int64_t x) { return static_cast<int32_t>(std::clamp<int64_t>(x, kLeast, kMost)); }

std::string describe(const KernelFunctions& kernel, const InputFunctions& f, Draw draw) {
  return std::string(kernel.name) + " " + std::to_string(f.inputs) + " x " +
         std::to_string(f.sets) + ", draw " + std::to_string(static_cast<int>(draw));
}

TEST(Kernels, GatherTakesEachContextsLogitAndPadsWithZeros) {
  std::mt19937_64 random(1);
  std::vector<int16_t> table(256 * kMostLanes);
  for (int16_t& logit : table) logit = static_cast<int16_t>(random());
  for (const KernelFunctions& kernel : kernels()) {
    for (const GatherFunction& f : kernel.gather) {
      for (uint32_t round = 0; round < 1500; ++round) {
        const uint32_t node = round % 15;
        uint8_t states[kMostLanes][15];
        const uint8_t* slot[kMostLanes];
        for (size_t i = 0; i < f.count; ++i) {
          slot[i] = states[i];
          for (uint8_t& state : states[i]) {
            state = static_cast<uint8_t>(random() % 8 == 0 ? 255 : random());
          }
        }
        const auto extra0 = static_cast<int16_t>(random());
        const auto extra1 = static_cast<int16_t>(random());
        std::vector<int16_t> expected(kMostLanes + 8, 0);
        for (size_t i = 0; i < f.count; ++i) expected[i] = table[256 * i + states[i][node]];
        expected[f.count] = extra0;
        expected[f.count + 1] = extra1;
        std::fill(expected.begin() + static_cast<std::ptrdiff_t>(f.padded), expected.end(),
                  kUntouched);
        alignas(64) int16_t out[kMostLanes + 8];
        std::fill(std::begin(out), std::end(out), kUntouched);
        f.gather(table.data(), slot, node, extra0, extra1, out);
        ASSERT_EQ(std::vector(std::begin(out), std::end(out)), expected)
            << kernel.name << " " << f.count;
      }
    }
  }
}

// A run has a say in a decision as long as the path so far is that of its byte.
TEST(Kernels, RunsSayWhatTheirBytesPathIs) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const LaneFunctions& f : kernel.lanes) {
      for (const Draw draw : kDraws) {
        Numbers numbers{std::mt19937_64(2), draw};
        for (uint32_t round = 0; round < 6400; ++round) {
          const uint32_t depth = round % 16;
          const auto all = static_cast<uint32_t>(numbers.random() & 0xFFFF);
          const uint32_t path = all & ~(0xFFFFu >> depth);
          alignas(64) uint16_t pattern[kMostLanes];
          alignas(64) int16_t strength[kMostLanes];
          std::vector<int16_t> expected(kMostLanes + 8, kUntouched);
          for (size_t i = 0; i < f.padded; ++i) {
            pattern[i] =
                static_cast<uint16_t>(all ^ (numbers.random() % 2 << numbers.random() % 16));
            strength[i] = numbers.within(kLeast, kMost);
            const bool agrees = (pattern[i] & ~(0xFFFFu >> depth)) == path;
            const bool one = (pattern[i] & 0x8000u >> depth) != 0;
            expected[i] = static_cast<int16_t>(agrees ? one ? strength[i] : -strength[i] : 0);
          }
          alignas(64) int16_t out[kMostLanes + 8];
          std::fill(std::begin(out), std::end(out), kUntouched);
          f.runs(pattern, strength, path, depth, out);
          ASSERT_EQ(std::vector(std::begin(out), std::end(out)), expected)
              << kernel.name << " " << f.padded << " " << depth;
        }
      }
    }
  }
}

TEST(Kernels, ClipLimitsEverySizeOfLogit) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const LaneFunctions& f : kernel.lanes) {
      for (const int32_t limit : {0, 1, 2048, kMost}) {
        for (int32_t first = kLeast; first <= kMost; first += static_cast<int32_t>(f.padded)) {
          alignas(64) int16_t in[kMostLanes];
          alignas(64) int16_t out[kMostLanes + 8];
          std::fill(std::begin(out), std::end(out), kUntouched);
          for (size_t i = 0; i < f.padded; ++i) {
            in[i] = static_cast<int16_t>(std::min(first + static_cast<int32_t>(i), kMost));
          }
          f.clip(in, static_cast<int16_t>(limit), out);
          for (size_t i = 0; i < f.padded; ++i) {
            ASSERT_EQ(out[i], std::clamp<int32_t>(in[i], -limit, limit)) << kernel.name;
          }
          for (size_t i = f.padded; i < std::size(out); ++i) ASSERT_EQ(out[i], kUntouched);
        }
      }
    }
  }
}

TEST(Kernels, DotAddsTheSetsWithSaturationAndTheProductsModulo2To32) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const InputFunctions& f : kernel.inputs) {
      for (const Draw draw : kDraws) {
        Numbers numbers{std::mt19937_64(3), draw};
        for (int round = 0; round < 500; ++round) {
          const Rows rows(&numbers);
          alignas(64) int16_t x[kMostInputs];
          for (int16_t& input : x) input = numbers.within(kLeast, kMost);
          uint64_t sum = 0;
          for (size_t i = 0; i < f.inputs; ++i) {
            int32_t weight = rows.weight[0][i];
            for (size_t s = 1; s < f.sets; ++s) weight = clamped(weight + rows.weight[s][i]);
            sum += static_cast<uint64_t>(int64_t{x[i]} * weight);
          }
          ASSERT_EQ(static_cast<uint32_t>(f.dot(x, rows.row)), static_cast<uint32_t>(sum))
              << describe(kernel, f, draw);
        }
      }
    }
  }
}

TEST(Kernels, DotOfTheSmallestNumbersWraps) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const InputFunctions& f : kernel.inputs) {
      alignas(64) int16_t numbers[kMostInputs];
      std::fill(std::begin(numbers), std::end(numbers), static_cast<int16_t>(kLeast));
      const int16_t* const rows[kMostSets] = {numbers, numbers, numbers, numbers};
      EXPECT_EQ(static_cast<uint32_t>(f.dot(numbers, rows)), static_cast<uint32_t>(f.inputs << 30))
          << describe(kernel, f, Draw::kLimits);
    }
  }
}

// One number of a linear congruential sequence to the next.
uint16_t next_dither(uint32_t dither) { return static_cast<uint16_t>(dither * 25173 + 13849); }

TEST(Kernels, TrainAddsDitheredStepsWithSaturationToEverySet) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const InputFunctions& f : kernel.inputs) {
      for (const Draw draw : kDraws) {
        Numbers numbers{std::mt19937_64(4), draw};
        for (int round = 0; round < 500; ++round) {
          Rows rows(&numbers);
          const Rows before = rows;
          const auto error = numbers.within(-kMost, kMost);
          alignas(64) int16_t x[kMostInputs];
          for (int16_t& input : x) input = numbers.within(-kInputMax, kInputMax);
          alignas(64) uint16_t dither[kInputGroup];
          std::vector<uint16_t> moved(kInputGroup);
          for (size_t i = 0; i < kInputGroup; ++i) {
            dither[i] = static_cast<uint16_t>(numbers.random());
            moved[i] = next_dither(dither[i]);
          }
          f.train(x, rows.row, error, dither);
          ASSERT_EQ(std::vector(std::begin(dither), std::end(dither)), moved) << kernel.name;
          for (size_t s = 0; s < kMostSets; ++s) {
            for (size_t i = 0; i < kMostInputs; ++i) {
              int64_t step = 0;
              if (s < f.sets && i < f.inputs) {  // nothing beyond is touched
                const int64_t product = (int64_t{x[i]} * error + (1 << 14)) >> 15;
                step = (product + (moved[i % kInputGroup] >> 11)) >> 5;
              }
              ASSERT_EQ(rows.weight[s][i], clamped(before.weight[s][i] + step))
                  << describe(kernel, f, draw) << " " << s << " " << i;
            }
          }
        }
      }
    }
  }
}

// Steps far smaller than a weight's last bit are not lost: over the period of the dither they add
// up to exactly what they would without rounding.
TEST(Kernels, DitherMakesUpForRounding) {
  constexpr int kPeriod = 1 << 16;
  constexpr int16_t kError = 1 << 7;
  for (const KernelFunctions& kernel : kernels()) {
    for (const InputFunctions& f : kernel.inputs) {
      Numbers numbers{std::mt19937_64(5), Draw::kAny};
      Rows rows(&numbers);
      for (auto& row : rows.weight) std::fill(std::begin(row), std::end(row), int16_t{0});
      alignas(64) int16_t x[kMostInputs];
      for (size_t i = 0; i < kMostInputs; ++i) {
        x[i] = static_cast<int16_t>((static_cast<int>(i % 31) - 15) * 256);
      }
      alignas(64) uint16_t dither[kInputGroup] = {};
      for (int i = 0; i < kPeriod; ++i) f.train(x, rows.row, kError, dither);
      for (size_t i = 0; i < f.inputs; ++i) {
        const int each = x[i] * kError / (1 << 15);  // in 1/32 of a weight's last bit
        ASSERT_EQ(rows.weight[f.sets - 1][i], each * (kPeriod >> kDitherBits))
            << describe(kernel, f, Draw::kAny);
      }
    }
  }
}

TEST(Kernels, NoErrorTeachesNothing) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const InputFunctions& f : kernel.inputs) {
      Numbers numbers{std::mt19937_64(6), Draw::kAny};
      Rows rows(&numbers);
      const Rows before = rows;
      alignas(64) int16_t x[kMostInputs];
      for (int16_t& input : x) input = numbers.within(-kInputMax, kInputMax);
      alignas(64) uint16_t dither[kInputGroup] = {};
      for (int i = 0; i < 5000; ++i) f.train(x, rows.row, 0, dither);
      for (size_t s = 0; s < kMostSets; ++s) {
        ASSERT_TRUE(std::equal(std::begin(rows.weight[s]), std::end(rows.weight[s]),
                               std::begin(before.weight[s])))
            << describe(kernel, f, Draw::kAny);
      }
    }
  }
}

}  // namespace
}  // namespace pith::ngram
