// Looks for strings that training texts share with benchmark files: what was learned from a
// benchmark says nothing about other texts.
//
// A benchmark is cut into blocks of 24 bytes. Every string of 48 bytes of it holds a whole block,
// wherever it begins. So it is enough to find all blocks at all places of the training texts, by a
// rolling hash (R. Karp and M. Rabin, 1987), and to see how far the two agree around each: every
// shared string of 48 bytes or more is found, and nothing else.
//
// Blocks of fewer than 6 different bytes are left out: rulers, blanks, rows of zeros. Prose has 10
// to 16 of them in 24 bytes. A string is missed if it has no other whole block. What several places
// of the benchmarks have in common is found at the first of them only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pith::corpus {

inline constexpr size_t kSharedMin = 48;  // bytes

// A stretch of a benchmark without a byte that is not in a shared string.
struct Stretch {
  uint32_t benchmark;  // number of the file, in the order they were added
  uint64_t offset;     // there
  uint64_t length;
  uint64_t longest_offset;  // of the longest shared string in it, in the benchmark
  uint64_t longest;         // its length
  uint32_t training;        // number of the training text it is in
  uint64_t training_offset;
};

// Keeps the benchmarks in memory and half as much again. Used by one thread.
class OverlapSearch {
 public:
  OverlapSearch() = default;

  // All benchmarks come before the first training text.
  void add_benchmark(std::vector<uint8_t> content);
  [[nodiscard]] std::span<const uint8_t> benchmark(uint32_t number) const {
    return benchmarks_[number].content;
  }

  // Searches a training text.
  void search(std::span<const uint8_t> text);

  // All that was found in the texts so far, by benchmark and place.
  [[nodiscard]] std::vector<Stretch> stretches() const;

 private:
  static constexpr size_t kBlock = kSharedMin / 2;
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  struct Benchmark {
    std::vector<uint8_t> content;
    uint32_t first_block;  // in blocks_
  };
  // A string that a benchmark and a training text share. length 0: none.
  struct Shared {
    uint32_t benchmark = 0;
    uint32_t training = 0;
    uint64_t offset = 0;           // in the benchmark
    uint64_t training_offset = 0;  // in the text
    uint64_t length = 0;
  };
  struct Block {
    uint64_t hash;
    uint32_t benchmark;
    uint32_t next = kNone;  // in the chain of blocks with one place in the table
    Shared longest = {};    // of the strings that the block lies in
    uint64_t begin = 0;     // of all of them together, in the benchmark
    uint64_t end = 0;
  };

  void build_table();
  [[nodiscard]] uint64_t block_offset(uint32_t block) const;
  // The string around a block that is at a place of the text.
  [[nodiscard]] Shared extend(uint32_t block, std::span<const uint8_t> text, uint64_t at) const;
  [[nodiscard]] bool lies_inside(uint32_t block, uint64_t at, const Shared& shared) const;
  void note(const Shared& shared);

  std::vector<Benchmark> benchmarks_;
  std::vector<Block> blocks_;
  std::vector<uint32_t> table_;   // heads of chains, a power of two of them
  std::vector<uint64_t> filter_;  // bits, by hash; most places of a text need no more than it
  uint32_t training_ = 0;         // texts searched
};

}  // namespace pith::corpus
