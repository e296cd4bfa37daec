#include "corpora/overlap_report.h"

#include <algorithm>
#include <filesystem>

namespace pith::corpus {

std::vector<BenchmarkOverlap> overlap_by_benchmark(const OverlapSearch& search,
                                                   std::span<const Stretch> stretches,
                                                   size_t benchmarks, const OverlapRule& rule) {
  std::vector<BenchmarkOverlap> all(benchmarks);
  for (const Stretch& stretch : stretches) {
    BenchmarkOverlap& overlap = all[stretch.benchmark];
    overlap.bytes += stretch.length;
    overlap.longest = std::max(overlap.longest, stretch.longest);
  }
  for (uint32_t i = 0; i < all.size(); ++i) {
    BenchmarkOverlap& overlap = all[i];
    if (overlap.bytes == 0) continue;
    overlap.percent = 100.0 * static_cast<double>(overlap.bytes) /
                      static_cast<double>(search.benchmark(i).size());
    overlap.too_much = overlap.longest >= rule.longest || overlap.percent >= rule.percent;
  }
  return all;
}

std::vector<std::string> files_in(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace pith::corpus
