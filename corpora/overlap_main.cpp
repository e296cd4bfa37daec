// pith-overlap: tells whether benchmark files, or parts of them, are in training texts.
//
//     pith-overlap --benchmarks canterbury/ enwik8 -- train/*.txt
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpora/overlap.h"
#include "corpora/overlap_report.h"

namespace {

using pith::corpus::BenchmarkOverlap;
using pith::corpus::OverlapSearch;
using pith::corpus::Stretch;

enum ExitStatus { kClean = 0, kOverlap = 1, kError = 2 };

struct Options {
  std::vector<std::string> benchmarks;
  std::vector<std::string> texts;
  pith::corpus::OverlapRule rule;
  size_t show = 20;
};

std::vector<uint8_t> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> content;
  if (file) {
    std::error_code error;
    content.resize(std::filesystem::file_size(path, error));
    if (!error) {
      file.read(reinterpret_cast<char*>(content.data()),
                static_cast<std::streamsize>(content.size()));
      if (static_cast<size_t>(file.gcount()) == content.size()) return content;
    }
  }
  throw std::runtime_error(path + ": cannot read this file");
}

// The start of a string in one line of ASCII.
std::string excerpt(std::span<const uint8_t> bytes) {
  constexpr size_t kLength = 72;
  std::string line;
  for (const uint8_t byte : bytes.first(std::min(bytes.size(), kLength))) {
    line += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
  }
  return line;
}

void show_stretches(const Options& options, const std::vector<std::string>& names,
                    const OverlapSearch& search, std::vector<Stretch> stretches) {
  std::stable_sort(stretches.begin(), stretches.end(),
                   [](const Stretch& a, const Stretch& b) { return a.longest > b.longest; });
  stretches.resize(std::min(stretches.size(), options.show));
  for (const Stretch& stretch : stretches) {
    std::printf(
        "%llu bytes: %s at %llu, %s at %llu\n  \"%s\"\n",
        static_cast<unsigned long long>(stretch.longest), names[stretch.benchmark].c_str(),
        static_cast<unsigned long long>(stretch.longest_offset),
        options.texts[stretch.training].c_str(),
        static_cast<unsigned long long>(stretch.training_offset),
        excerpt(
            search.benchmark(stretch.benchmark).subspan(stretch.longest_offset, stretch.longest))
            .c_str());
  }
}

// One line for each benchmark that shares anything. True if one shares too much.
bool show_benchmarks(const Options& options, const std::vector<std::string>& names,
                     const OverlapSearch& search, const std::vector<Stretch>& stretches) {
  const std::vector<BenchmarkOverlap> overlaps =
      overlap_by_benchmark(search, stretches, names.size(), options.rule);
  bool any_bad = false;
  for (uint32_t i = 0; i < names.size(); ++i) {
    const BenchmarkOverlap& overlap = overlaps[i];
    if (overlap.bytes == 0) continue;
    any_bad = any_bad || overlap.too_much;
    std::printf("%s%s: %llu bytes shared (%.2f %%), longest %llu\n",
                overlap.too_much ? "OVERLAP " : "", names[i].c_str(),
                static_cast<unsigned long long>(overlap.bytes), overlap.percent,
                static_cast<unsigned long long>(overlap.longest));
  }
  return any_bad;
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Looks for strings of 48 bytes and more that training texts share with benchmark files.\n"
      "Exit status: 0 if there are no more than licences, markup and quotations, 1 if a benchmark\n"
      "is in the texts, 2 if a file cannot be read.",
      "pith-overlap");
  app.add_option("--benchmarks", options.benchmarks, "benchmark files and folders of them")
      ->required();
  app.add_option("TEXTS", options.texts, "training texts")->required();
  app.add_option("--longest", options.rule.longest, "a shared string of so many bytes is too much")
      ->capture_default_str();
  app.add_option("--percent", options.rule.percent,
                 "shared strings in so much of a benchmark are too much")
      ->capture_default_str();
  app.add_option("--show", options.show, "strings to show, the longest first")
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kClean : kError;
  }

  OverlapSearch search;
  const std::vector<std::string> names = pith::corpus::files_in(options.benchmarks);
  for (const std::string& name : names) search.add_benchmark(read(name));
  for (const std::string& text : options.texts) search.search(read(text));
  const std::vector<Stretch> stretches = search.stretches();
  show_stretches(options, names, search, stretches);
  const bool bad = show_benchmarks(options, names, search, stretches);
  std::printf("%zu benchmarks, %zu texts, %zu shared stretches: %s\n", names.size(),
              options.texts.size(), stretches.size(), bad ? "OVERLAP" : "clean");
  return bad ? kOverlap : kClean;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pith-overlap: %s\n", error.what());
    return kError;
  }
}
