// Every kernel equals the scalar one, bit for bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "codec/logistic.h"
#include "kernel_functions.h"
#include "ngram/kernels_scalar.h"

namespace pith::ngram {
namespace {

constexpr size_t kMostInputs = 128;
// Largest input for which a step cannot wrap: kWeightMax leaves 2^28, an error is at most 2^15 - 1.
constexpr int32_t kInputMax = (std::numeric_limits<int32_t>::max() - kWeightMax) / 32767;
static_assert(kInputMax >= codec::kLogitMax);

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

struct Numbers {
  std::mt19937_64 random;
  Draw draw;

  int32_t within(int32_t limit) {
    const auto span = static_cast<uint64_t>(limit) * 2 + 1;
    const auto any = static_cast<int32_t>(static_cast<int64_t>(random() % span) - limit);
    switch (draw) {
      case Draw::kAny:
        return any;
      case Draw::kLimits:
        return any % 2 == 0 ? limit : -limit;
      case Draw::kSmall:
        return any % 70000;
    }
    return 0;
  }
};

struct Inputs {
  alignas(64) int16_t x[kMostInputs];
  alignas(64) int32_t w[kMostInputs];  // of input i at i
};

// w in the order of a kernel.
void place(const KernelFunctions& kernel, const Inputs& in, size_t n, int32_t* placed) {
  for (size_t i = 0; i < n; ++i) placed[kernel.weight_place(i)] = in.w[i];
}

constexpr Draw kDraws[] = {Draw::kAny, Draw::kLimits, Draw::kSmall};

TEST(Kernels, WeightPlacesAreAPermutationWithinGroups) {
  for (const KernelFunctions& kernel : kernels()) {
    for (size_t n = kInputGroup; n <= kMostInputs; n += kInputGroup) {
      std::set<size_t> places;
      for (size_t i = 0; i < n; ++i) {
        const size_t place = kernel.weight_place(i);
        EXPECT_EQ(place / kInputGroup, i / kInputGroup) << kernel.name << " " << i;
        places.insert(place);
      }
      EXPECT_EQ(places.size(), n) << kernel.name;
    }
  }
}

TEST(Kernels, DotIsTheSumModulo2To32) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const Draw draw : kDraws) {
      Numbers numbers{std::mt19937_64(1), draw};
      for (size_t round = 0; round < 200; ++round) {
        for (size_t n = kInputGroup; n <= kMostInputs; n += kInputGroup) {
          Inputs in{};
          uint64_t sum = 0;
          for (size_t i = 0; i < n; ++i) {
            in.x[i] = static_cast<int16_t>(numbers.within(32767));
            in.w[i] = numbers.within(kWeightMax);
            sum += static_cast<uint64_t>(int64_t{in.x[i]} * (in.w[i] >> 16));
          }
          alignas(64) int32_t placed[kMostInputs];
          place(kernel, in, n, placed);
          ASSERT_EQ(static_cast<uint32_t>(kernel.dot(in.x, placed, n)), static_cast<uint32_t>(sum))
              << kernel.name << " " << n;
        }
      }
    }
  }
}

TEST(Kernels, DotOfTheSmallestNumbersWraps) {
  for (const KernelFunctions& kernel : kernels()) {
    for (size_t n = kInputGroup; n <= kMostInputs; n += kInputGroup) {
      alignas(64) int16_t x[kMostInputs];
      alignas(64) int32_t w[kMostInputs];
      std::fill(x, x + n, std::numeric_limits<int16_t>::min());
      std::fill(w, w + n, std::numeric_limits<int32_t>::min());
      EXPECT_EQ(static_cast<uint32_t>(kernel.dot(x, w, n)), static_cast<uint32_t>(n << 30))
          << kernel.name << " " << n;
    }
  }
}

TEST(Kernels, TrainAddsAndClamps) {
  for (const KernelFunctions& kernel : kernels()) {
    for (const Draw draw : kDraws) {
      Numbers numbers{std::mt19937_64(2), draw};
      for (size_t round = 0; round < 200; ++round) {
        for (size_t n = kInputGroup; n <= kMostInputs; n += kInputGroup) {
          const auto error = static_cast<int16_t>(numbers.within(32767));
          Inputs in{};
          for (size_t i = 0; i < n; ++i) {
            in.x[i] = static_cast<int16_t>(numbers.within(kInputMax));
            in.w[i] = numbers.within(kWeightMax);
          }
          alignas(64) int32_t placed[kMostInputs];
          place(kernel, in, n, placed);
          kernel.train(in.x, placed, n, error);
          for (size_t i = 0; i < n; ++i) {
            const int64_t exact = int64_t{in.w[i]} + int64_t{in.x[i]} * error;
            ASSERT_EQ(placed[kernel.weight_place(i)],
                      std::clamp<int64_t>(exact, -kWeightMax, kWeightMax))
                << kernel.name << " " << n << " " << i;
          }
        }
      }
    }
  }
}

constexpr size_t kMostLanes = 32;

// Entries with the numbers near the ends of their ranges well represented.
AdaptiveProbability any_entry(std::mt19937_64* random) {
  const uint32_t edge = (*random)() % 2 == 0 ? 0 : 0x3FFFFF;
  const auto p = (*random)() % 4 == 0 ? edge : static_cast<uint32_t>((*random)() & 0x3FFFFF);
  const auto seen = (*random)() % 3 == 0 ? 253 + (*random)() % 3 : (*random)() % 256;
  return adaptive_probability(p, static_cast<uint32_t>(seen));
}

TEST(Kernels, UpdateIsTheOneOfAdaptiveProbability) {
  std::mt19937_64 random(3);
  for (const KernelFunctions& kernel : kernels()) {
    for (size_t round = 0; round < 4000; ++round) {
      const size_t n = kLanes * (1 + round % (kMostLanes / kLanes));
      const auto bit = static_cast<uint32_t>(random() % 2);
      alignas(64) AdaptiveProbability e[kMostLanes];
      std::vector<AdaptiveProbability> expected(n);
      for (size_t i = 0; i < n; ++i) {
        e[i] = any_entry(&random);
        expected[i] = updated(e[i], bit);
      }
      kernel.update(e, n, bit);
      ASSERT_EQ(std::vector(e, e + n), expected) << kernel.name << " " << n;
    }
  }
}

TEST(Kernels, LookUpGivesEntriesTheirLogitsAndTheirCentredProbabilities) {
  std::mt19937_64 random(4);
  std::vector<AdaptiveProbability> map(6000);
  for (AdaptiveProbability& e : map) e = any_entry(&random);
  for (const KernelFunctions& kernel : kernels()) {
    for (size_t round = 0; round < 4000; ++round) {
      const size_t n = 2 * kLanes * (1 + round % (kMostLanes / kLanes / 2));
      alignas(64) uint16_t row[kMostLanes];
      alignas(64) AdaptiveProbability entry[kMostLanes];
      alignas(64) int16_t logit[kMostLanes];
      alignas(64) int16_t centred[kMostLanes];
      for (size_t i = 0; i < n; ++i) {
        row[i] = static_cast<uint16_t>(random() % 8 == 0 ? map.size() - 1 : random() % map.size());
      }
      kernel.look_up(map.data(), row, entry, logit, n);
      kernel.centre(entry, centred, n);
      for (size_t i = 0; i < n; ++i) {
        ASSERT_EQ(entry[i], map[row[i]]) << kernel.name;
        ASSERT_EQ(logit[i], codec::stretch(probability12(map[row[i]]))) << kernel.name;
        ASSERT_EQ(centred[i], linear_input(map[row[i]])) << kernel.name;
      }
    }
  }
}

TEST(Kernels, EveryProbabilityHasItsLogit) {
  constexpr uint32_t kBoth = 2 * kLanes;  // states and runs
  for (const KernelFunctions& kernel : kernels()) {
    for (uint32_t p12 = 0; p12 < 4096; p12 += kBoth) {
      alignas(64) uint16_t row[kBoth];
      alignas(64) AdaptiveProbability map[kBoth];
      alignas(64) AdaptiveProbability entry[kBoth];
      alignas(64) int16_t logit[kBoth];
      for (uint32_t i = 0; i < kBoth; ++i) {
        row[i] = static_cast<uint16_t>(i);
        map[i] = adaptive_probability((p12 + i) << 10 | 0x3FF, 255);
      }
      kernel.look_up(map, row, entry, logit, kBoth);
      for (uint32_t i = 0; i < kBoth; ++i) {
        ASSERT_EQ(logit[i], codec::stretch(p12 + i)) << kernel.name;
      }
    }
  }
}

// What fills the empty lanes of contexts, so that they count for nothing whatever their weights.
TEST(Kernels, AnEvenProbabilityIsAnInputOfZero) {
  const AdaptiveProbability even = adaptive_probability(1u << 21, 0);
  EXPECT_EQ(codec::stretch(probability12(even)), 0);
  EXPECT_EQ(linear_input(even), 0);
}

// A run has a say in a decision as long as the bits of the byte so far are those of its byte.
TEST(Kernels, RunRowsSayWhatTheRunPredicts) {
  std::mt19937_64 random(5);
  for (const KernelFunctions& kernel : kernels()) {
    for (size_t round = 0; round < 20000; ++round) {
      const size_t n = kLanes * (1 + round % (kMostLanes / kLanes));
      const auto byte = static_cast<uint32_t>(random() % 256);
      const auto above = static_cast<uint32_t>(1 + random() % 8);
      const uint32_t c0 = (byte | 256) >> above;
      alignas(64) uint16_t pattern[kMostLanes];
      alignas(64) uint16_t run_class[kMostLanes];
      alignas(64) uint16_t base[kMostLanes];
      alignas(64) uint16_t row[kMostLanes];
      for (size_t i = 0; i < n; ++i) {
        const uint64_t near = byte ^ (random() % 2 << random() % 8);
        pattern[i] = random() % 8 == 0 ? 0 : static_cast<uint16_t>(0x100 | near);
        run_class[i] = static_cast<uint16_t>(random() % (kRunRows / 4) * 2);
        base[i] = static_cast<uint16_t>(random() % 20000);
      }
      kernel.run_rows(pattern, run_class, base, row, n, c0, above);
      for (size_t i = 0; i < n; ++i) {
        const bool agrees = uint32_t{pattern[i]} >> above == c0;
        const uint32_t started = above == 8 ? 0 : kRunRows / 2;
        const uint32_t predicted = uint32_t{pattern[i]} >> (above - 1) & 1;
        const uint32_t expected = agrees ? run_class[i] + started + predicted : kRunRows - 1;
        ASSERT_EQ(row[i], base[i] + expected) << kernel.name << " " << above;
      }
    }
  }
}

TEST(Kernels, NothingBehindTheEndIsTouched) {
  for (const KernelFunctions& kernel : kernels()) {
    for (size_t n = kInputGroup; n < kMostInputs; n += kInputGroup) {
      alignas(64) int16_t x[kMostInputs];
      alignas(64) int32_t w[kMostInputs];
      std::fill(x, x + kMostInputs, int16_t{100});
      std::fill(w, w + kMostInputs, 5 << 16);
      EXPECT_EQ(kernel.dot(x, w, n), static_cast<int32_t>(n) * 500) << kernel.name;
      kernel.train(x, w, n, 7);
      for (size_t i = n; i < kMostInputs; ++i) ASSERT_EQ(w[i], 5 << 16) << kernel.name << " " << n;
      alignas(64) AdaptiveProbability e[kMostInputs];
      std::fill(e, e + kMostInputs, adaptive_probability(1000, 3));
      kernel.update(e, n, 1);
      for (size_t i = n; i < kMostInputs; ++i) ASSERT_EQ(e[i], adaptive_probability(1000, 3));
    }
  }
}

}  // namespace
}  // namespace pith::ngram
