// What is made of shared strings: how much of each benchmark is in the training texts, and whether
// that is more than licences, markup and quotations.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corpora/overlap.h"

namespace pith::corpus {

// From here on it is too much.
struct OverlapRule {
  uint64_t longest = 1000;  // bytes of one shared string
  double percent = 10;      // of a benchmark, in shared strings of any length
};

struct BenchmarkOverlap {
  uint64_t bytes = 0;    // in shared strings
  double percent = 0;    // of the benchmark
  uint64_t longest = 0;  // of them, bytes
  bool too_much = false;
};

// One for each of so many benchmarks.
[[nodiscard]] std::vector<BenchmarkOverlap> overlap_by_benchmark(const OverlapSearch& search,
                                                                 std::span<const Stretch> stretches,
                                                                 size_t benchmarks,
                                                                 const OverlapRule& rule);

// The files of all folders among the paths, and the other paths, sorted. Throws
// std::filesystem::filesystem_error.
[[nodiscard]] std::vector<std::string> files_in(const std::vector<std::string>& paths);

}  // namespace pith::corpus
