// Counting by sorting gives what counting one by one gives.
#include "ngram/prior/counting.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "corpora/generate.h"
#include "ngram/history.h"

namespace pith::ngram {
namespace {

bool go_on(uint64_t) { return false; }

class Counting : public testing::Test {
 protected:
  Counting() {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      const auto begin = static_cast<uint32_t>(bytes_.size());
      const auto text = corpus::generate(seed % 2 == 0 ? "prose" : "code-c", 20'000, seed);
      bytes_.insert(bytes_.end(), text.begin(), text.end());
      // What is not in a document is not counted.
      documents_.push_back({begin, static_cast<uint32_t>(bytes_.size() - 500)});
    }
    limits_.chunk_bytes = 4096;
    limits_.least_chunks = 2;
  }

  struct Naive {
    std::map<uint8_t, uint32_t> times;
    uint32_t seen = 0;
    uint32_t chunks = 0;
    uint32_t last_chunk = UINT32_MAX;
  };

  // [hash]
  std::map<uint32_t, Naive> count_one_by_one(const ContextSpec& spec) const {
    std::map<uint32_t, Naive> counts;
    auto history = std::make_unique<History>();
    for (const SampleRange& d : documents_) {
      *history = {};
      for (uint32_t i = d.begin; i < d.end; ++i) {
        Naive& n = counts[spec.hash(*history)];
        ++n.times[bytes_[i]];
        ++n.seen;
        n.chunks += i / limits_.chunk_bytes != n.last_chunk ? 1 : 0;
        n.last_chunk = i / limits_.chunk_bytes;
        history->append(bytes_.data() + d.begin);
      }
    }
    return counts;
  }

  std::vector<uint8_t> bytes_;
  std::vector<SampleRange> documents_;
  CountingLimits limits_;
};

TEST_F(Counting, EqualsCountingOneByOne) {
  const auto counts = count_contexts({bytes_, documents_}, limits_, go_on);
  ASSERT_EQ(counts.size(), kPriorContexts.size());
  for (size_t i = 0; i < counts.size(); ++i) {
    const auto expected = count_one_by_one(kPriorContexts[i].spec);
    size_t recurring = 0;
    for (const auto& [hash, naive] : expected) {
      const ContextCount* c = counts[i].find(hash);
      if (naive.seen < limits_.least_seen || naive.chunks < limits_.least_chunks) {
        EXPECT_EQ(c, nullptr);
        continue;
      }
      ++recurring;
      ASSERT_NE(c, nullptr);
      EXPECT_EQ(c->seen, naive.seen);
      EXPECT_EQ(c->chunks, naive.chunks);
      const auto successors = counts[i].successors_of(*c);
      ASSERT_EQ(successors.size(), naive.times.size());
      float before = 1;
      for (const Successor& s : successors) {
        EXPECT_FLOAT_EQ(
            s.share, static_cast<float>(naive.times.at(s.byte)) / static_cast<float>(naive.seen));
        EXPECT_LE(s.share, before);
        before = s.share;
      }
    }
    EXPECT_EQ(counts[i].context.size(), recurring);
    EXPECT_GT(recurring, 20u);
  }
}

TEST_F(Counting, MemoryDoesNotMatter) {
  const auto counts = count_contexts({bytes_, documents_}, limits_, go_on);
  CountingLimits tight = limits_;
  tight.work_bytes = 64 * 1024;
  ASSERT_GT(counting_bytes({bytes_, documents_}, tight),
            counting_bytes({bytes_, documents_}, limits_));
  const auto again = count_contexts({bytes_, documents_}, tight, go_on);
  for (size_t i = 0; i < counts.size(); ++i) {
    ASSERT_EQ(counts[i].context.size(), again[i].context.size());
    for (size_t k = 0; k < counts[i].context.size(); ++k) {
      EXPECT_EQ(counts[i].context[k].hash, again[i].context[k].hash);
      EXPECT_EQ(counts[i].context[k].seen, again[i].context[k].seen);
      EXPECT_EQ(counts[i].context[k].gain, again[i].context[k].gain);
    }
  }
}

// The gain of a context is the divergence from the lower one, which is 0 or more but for what is
// taken off for small counts.
TEST_F(Counting, GainIsTheDivergence) {
  const auto counts = count_contexts({bytes_, documents_}, limits_, go_on);
  const ContextSpec order1 = kPriorContexts[0].spec;
  for (uint32_t pair = 0x6100; pair < 0x7A00; ++pair) {
    const ContextCount* c = counts[1].find(context_hash(pair, 0, 0, kPriorContexts[1].spec.id));
    if (c == nullptr) continue;
    const ContextCount* lower = counts[0].find(context_hash(pair & 0xFF, 0, 0, order1.id));
    ASSERT_NE(lower, nullptr);
    double bits = 0;
    for (const Successor& s : counts[1].successors_of(*c)) {
      for (const Successor& l : counts[0].successors_of(*lower)) {
        if (l.byte == s.byte) bits += double{s.share} * std::log2(double{s.share / l.share});
      }
    }
    EXPECT_NEAR(c->gain, bits - 0.72 * c->distinct / c->seen, 1e-4);
  }
}

TEST_F(Counting, StopsWhenTold) {
  const auto counts =
      count_contexts({bytes_, documents_}, limits_, [](uint64_t read) { return read > 50'000; });
  EXPECT_TRUE(counts.empty());
}

TEST_F(Counting, TellsAllTheBytesItReads) {
  uint64_t last = 0;
  const auto counts = count_contexts({bytes_, documents_}, limits_, [&last](uint64_t read) {
    EXPECT_GT(read, last);
    last = read;
    return false;
  });
  EXPECT_FALSE(counts.empty());
  EXPECT_EQ(last, counting_bytes({bytes_, documents_}, limits_));
}

}  // namespace
}  // namespace pith::ngram
