// The memory of a predictor: parts that do not overlap, in an amount that was promised.
#include "ngram/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "ngram/match_model.h"

namespace pith::ngram {
namespace {

constexpr uint32_t kLargestBlock = 256u << 20;
constexpr size_t kMib = size_t{1} << 20;

std::vector<uint32_t> raw_sizes() {
  std::vector<uint32_t> sizes = {0, 1, 2, 3, 1000, 5u << 20, 10u << 20, 15u << 20};
  for (uint32_t bits = 2; bits <= 28; ++bits) {
    for (const int more : {-1, 0, 1}) sizes.push_back((1u << bits) + static_cast<uint32_t>(more));
  }
  sizes.pop_back();  // one above the largest block
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

// [part] offset and size in bytes, in the order of the struct.
std::vector<std::pair<size_t, size_t>> parts(const LevelShape& shape, const Layout& at) {
  size_t weights = 0;
  for (size_t s = 0; s < shape.sets; ++s) weights += kMixerRows[s] * padded_inputs(shape);
  return {
      {at.byte_lines, at.lines * sizeof(ByteLine)},
      {at.nibble_lines, at.lines * sizeof(NibbleLine)},
      {at.match, (size_t{2} << at.match_bits) * sizeof(uint32_t)},
      {at.weights, weights * sizeof(int16_t)},
      {at.maps, (shape.maps << at.map_bits) * AdaptiveMap::kColumns * sizeof(AdaptiveProbability)},
      {at.predictor, kPredictorRoom},
  };
}

TEST(Layout, PartsAreAlignedAndApart) {
  for (const LevelShape& shape : kLevels) {
    for (const uint32_t raw_size : raw_sizes()) {
      const Layout at = layout(shape, raw_size);
      auto sorted = parts(shape, at);
      std::sort(sorted.begin(), sorted.end());
      size_t end = 0;
      for (const auto& [offset, size] : sorted) {
        EXPECT_EQ(offset % 64, 0u) << raw_size;
        EXPECT_GE(offset, end) << raw_size;
        end = offset + size;
      }
      EXPECT_LE(end, at.total) << raw_size;
      EXPECT_LT(at.total, end + 64) << raw_size;  // and nothing is left over
    }
  }
}

// Slot tables and match tables start as zeros; what lies behind is written by its owner.
TEST(Layout, TablesAreZeroed) {
  for (const LevelShape& shape : kLevels) {
    for (const uint32_t raw_size : raw_sizes()) {
      const Layout at = layout(shape, raw_size);
      const auto part = parts(shape, at);
      for (size_t i = 0; i < 3; ++i) EXPECT_LE(part[i].first + part[i].second, at.zeroed);
      EXPECT_LE(at.zeroed, at.total);
    }
  }
}

TEST(Layout, LargerBlocksNeverTakeLess) {
  for (const LevelShape& shape : kLevels) {
    Layout before = layout(shape, 0);
    for (const uint32_t raw_size : raw_sizes()) {
      const Layout at = layout(shape, raw_size);
      EXPECT_GE(at.total, before.total) << raw_size;
      EXPECT_GE(at.lines, before.lines) << raw_size;
      EXPECT_GE(at.match_bits, before.match_bits) << raw_size;
      EXPECT_GE(at.map_bits, before.map_bits) << raw_size;
      before = at;
    }
  }
}

TEST(Layout, HigherLevelsNeverTakeLess) {
  for (const uint32_t raw_size : raw_sizes()) {
    for (size_t level = 1; level < kNgramLevels; ++level) {
      EXPECT_GE(layout(kLevels[level], raw_size).total, layout(kLevels[level - 1], raw_size).total);
    }
  }
}

// With the raw and the coded bytes of a block of 10 MiB beside it, a worker stays within 256 MiB.
TEST(Layout, NeverTakesMoreThanPromised) {
  for (const LevelShape& shape : kLevels) {
    EXPECT_LE(layout(shape, kLargestBlock).total, 232 * kMib) << shape.contexts;
  }
}

TEST(Layout, TakesLittleForLittle) {
  for (const LevelShape& shape : kLevels) {
    EXPECT_LT(layout(shape, 1024).total, 2 * kMib) << shape.contexts;
  }
}

// Hashes are shifted right by 32 less these, which must not be 32.
TEST(Layout, TableBitsAreInRange) {
  for (const LevelShape& shape : kLevels) {
    for (const uint32_t raw_size : raw_sizes()) {
      const Layout at = layout(shape, raw_size);
      EXPECT_GE(at.lines, 1u);
      for (const uint32_t bits : {at.match_bits, at.map_bits}) {
        EXPECT_GE(bits, 1u);
        EXPECT_LT(bits, 32u);
      }
    }
  }
}

TEST(Layout, InputsFillWholeGroups) {
  for (const LevelShape& shape : kLevels) {
    EXPECT_EQ(padded_inputs(shape) % kInputGroup, 0u);
    EXPECT_EQ(padded_contexts(shape) % kLanes, 0u);
    EXPECT_LE(shape.contexts, kMaxContexts);
    EXPECT_LE(shape.sets, kMixerRows.size());
  }
}

// The match model and the bias lie behind the contexts.
TEST(Layout, LanesHoldContextsAndWhatComesBehindThem) {
  for (const LevelShape& shape : kLevels) {
    EXPECT_GE(padded_contexts(shape), shape.contexts + 2);
    EXPECT_LT(padded_contexts(shape), shape.contexts + 2 + kLanes);
  }
}

// Each group of lanes writes all of its inputs; there are none that nobody writes.
TEST(Layout, EveryInputIsInAGroupOfLanes) {
  for (const LevelShape& shape : kLevels) {
    EXPECT_EQ(padded_inputs(shape), (shape.clipped ? 3 : 2) * padded_contexts(shape));
  }
}

// Kernels read rows of weights as whole vectors; those of a set begin with a cache line.
TEST(Layout, SetsOfWeightsAreAligned) {
  for (const LevelShape& shape : kLevels) {
    EXPECT_EQ(padded_inputs(shape) * sizeof(int16_t) % 32, 0u);
    for (size_t s = 0; s < shape.sets; ++s) {
      EXPECT_EQ(kMixerRows[s] * padded_inputs(shape) * sizeof(int16_t) % 64, 0u) << s;
    }
  }
}

TEST(Layout, MixerRowsCoverWhatPicksThem) {
  constexpr uint32_t kOrders = 6;  // none to five of the contexts found
  constexpr uint32_t kPhases = 3;
  constexpr uint32_t kCertainties = 3;
  EXPECT_EQ(kMixerRows[0], MatchModel::kMixerClasses * kOrders * kPhases);
  EXPECT_EQ(kMixerRows[1], kCertainties * 256);
  EXPECT_GE(kMixerRows[1], kCertainties * codec::ByteCode::kNodes);
  EXPECT_EQ(kMixerRows[2], 8u * 4 * 8);
  EXPECT_EQ(kMixerRows[3], 256u);
}

TEST(RunClass, RisesWithTheRun) {
  EXPECT_EQ(kRunClass[0], 0);
  for (size_t n = 1; n < kRunClass.size(); ++n) {
    EXPECT_GE(kRunClass[n], std::max<int>(1, kRunClass[n - 1])) << n;
    EXPECT_LE(kRunClass[n], kRunClass[n - 1] + 1) << n;
  }
  EXPECT_LT(kRunClass.back(), kRunClasses);
}

}  // namespace
}  // namespace pith::ngram
