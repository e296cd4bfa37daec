// Starting values: where each lies among the words, and those built into the library.
#include "ngram/start.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <set>
#include <thread>
#include <vector>

#include "ngram/kernels_scalar.h"
#include "ngram/start_tables.h"

namespace pith::ngram {
namespace {

constexpr ContentKind kModelledKinds[] = {ContentKind::kText, ContentKind::kStructured,
                                          ContentKind::kBinary};

size_t runs(const LevelShape& shape) { return shape.contexts * 2 * kRunClasses; }
size_t weights(const LevelShape& shape) { return weight_rows(shape) * padded_inputs(shape); }

TEST(Start, MembersFollowEachOtherAndFillTheWords) {
  for (const LevelShape& shape : kLevels) {
    const std::vector<uint16_t> words(start_words(shape));
    const Start start = start_of(shape, words.data());
    const auto* run = reinterpret_cast<const uint16_t*>(start.run);
    const auto* weight = reinterpret_cast<const uint16_t*>(start.weight);
    EXPECT_EQ(start.state, words.data());
    EXPECT_EQ(start.match, start.state + shape.contexts * 256);
    EXPECT_EQ(start.curve, start.match + MatchModel::kMaps);
    EXPECT_EQ(run, start.curve + shape.maps * Start::kCurve);
    EXPECT_EQ(weight, run + runs(shape));
    EXPECT_EQ(weight + weights(shape), words.data() + words.size());
  }
}

TEST(StartTables, EveryLevelAndKindHasItsOwn) {
  std::set<const uint16_t*> seen;
  std::set<std::vector<uint16_t>> contents;
  for (size_t level = 0; level < kNgramLevels; ++level) {
    for (const ContentKind kind : kModelledKinds) {
      const Start start = start_table(level, kind);
      seen.insert(start.state);
      contents.emplace(start.state, start.state + start_words(kLevels[level]));
      EXPECT_EQ(start.state, start_table(level, kind).state);
    }
  }
  EXPECT_EQ(seen.size(), kNgramLevels * kKinds);
  EXPECT_EQ(contents.size(), kNgramLevels * kKinds);
}

TEST(StartTables, WhatIsNotModelledHasThatOfBinaryData) {
  for (size_t level = 0; level < kNgramLevels; ++level) {
    EXPECT_EQ(start_table(level, ContentKind::kIncompressible).state,
              start_table(level, ContentKind::kBinary).state);
  }
}

// Kernels are told that no input is larger.
TEST(StartTables, RunsAreInputs) {
  for (size_t level = 0; level < kNgramLevels; ++level) {
    for (const ContentKind kind : kModelledKinds) {
      const Start start = start_table(level, kind);
      for (size_t i = 0; i < runs(kLevels[level]); ++i) {
        ASSERT_LE(std::abs(start.run[i]), kInputMax) << level << " " << i;
      }
    }
  }
}

// What the tables hold was learned from something: that matches tend to go on.
TEST(StartTables, MatchesAreTrusted) {
  constexpr size_t kClass = MatchModel::kMissClasses * 2;  // maps of a class of lengths
  for (size_t level = 0; level < kNgramLevels; ++level) {
    for (const ContentKind kind : kModelledKinds) {
      const uint16_t* match = start_table(level, kind).match;
      for (const size_t length_class : {4u, 8u, 12u}) {
        EXPECT_LT(match[length_class * kClass], 1 << 14) << level << " " << length_class;
        EXPECT_GT(match[length_class * kClass + 1], 3 << 14) << level << " " << length_class;
      }
    }
  }
}

TEST(StartTables, ThreadsThatAskAtOnceGetTheSame) {
  constexpr size_t kThreads = 8;
  constexpr size_t kAll = kNgramLevels * kKinds;
  std::vector<std::vector<const uint16_t*>> got(kThreads, std::vector<const uint16_t*>(kAll));
  std::vector<std::vector<uint32_t>> sums(kThreads, std::vector<uint32_t>(kAll));
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < kAll; ++i) {
        const size_t set = (i + t / 2) % kAll;
        const size_t level = set / kKinds;
        const Start start = start_table(level, static_cast<ContentKind>(set % kKinds));
        got[t][set] = start.state;
        for (size_t w = 0; w < start_words(kLevels[level]); ++w) {
          sums[t][set] = sums[t][set] * 31 + start.state[w];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t t = 1; t < kThreads; ++t) {
    EXPECT_EQ(got[t], got[0]);
    EXPECT_EQ(sums[t], sums[0]);
  }
}

}  // namespace
}  // namespace pith::ngram
