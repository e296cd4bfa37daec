#include "model_cli/keep_apart.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string_view>

#include "corpora/overlap.h"
#include "corpora/overlap_report.h"
#include "model_cli/files.h"
#include "model_cli/mapped_file.h"

namespace pith::model_cli {
namespace {

using corpus::BenchmarkOverlap;
using corpus::OverlapSearch;
using corpus::Stretch;

constexpr std::string_view kHead = "pith-model overlap 1\n";
constexpr std::string_view kClean = "clean\n";

std::string hash_of(std::span<const uint8_t> bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

// Calls work(bytes of the file), which may be empty.
template <typename Work>
void with_file(const std::string& path, Work work) {
  if (file_size(path) == 0) return work(std::span<const uint8_t>());
  const MappedFile file(path);
  work(file.bytes());
}

std::string text_line(const std::string& name, std::span<const uint8_t> bytes) {
  return fmt::format("text\t{}\t{}\t{}\n", hash_of(bytes), bytes.size(), name);
}

// The longest string of each file that shares too much, for people.
std::string accusation(const std::vector<std::string>& apart, const std::vector<std::string>& texts,
                       const std::vector<BenchmarkOverlap>& overlaps,
                       const std::vector<Stretch>& stretches) {
  std::string out = "the texts hold what is to be kept apart:";
  for (uint32_t i = 0; i < apart.size(); ++i) {
    if (!overlaps[i].too_much) continue;
    const auto worst = std::find_if(stretches.begin(), stretches.end(), [&](const Stretch& s) {
      return s.benchmark == i && s.longest == overlaps[i].longest;
    });
    fmt::format_to(std::back_inserter(out),
                   "\n  {}: {} bytes shared ({:.2f} %); {} of them at byte {} are in {} at byte {}",
                   apart[i], overlaps[i].bytes, overlaps[i].percent, worst->longest,
                   worst->longest_offset, texts[worst->training], worst->training_offset);
  }
  return out;
}

bool is_report(std::string_view report) {
  return report.starts_with(kHead) && report.ends_with(kClean);
}

// Nothing if there is none.
std::string read_report(const std::string& output) {
  const std::string name = apart_report_name(output);
  if (!std::filesystem::exists(name)) return {};
  const std::vector<uint8_t> content = read_file(name);
  return {content.begin(), content.end()};
}

void write_text(const std::string& name, const std::string& text) {
  write_file(name, {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

size_t lines_with(std::string_view report, std::string_view word) {
  size_t count = 0;
  for (size_t at = 0; (at = report.find(word, at)) != std::string_view::npos; at += word.size()) {
    ++count;
  }
  return count;
}

}  // namespace

std::string apart_report_name(const std::string& output) { return output + ".overlap"; }

void keep_apart(const std::vector<std::string>& texts, const std::vector<std::string>& apart,
                const std::string& output) {
  const std::vector<std::string> names = corpus::files_in(apart);
  OverlapSearch search;
  for (const std::string& name : names) search.add_benchmark(read_file(name));
  std::string report(kHead);
  for (const std::string& text : texts) {
    with_file(text, [&](std::span<const uint8_t> bytes) {
      search.search(bytes);
      report += text_line(text, bytes);
    });
  }
  const std::vector<Stretch> stretches = search.stretches();
  const std::vector<BenchmarkOverlap> overlaps =
      corpus::overlap_by_benchmark(search, stretches, names.size(), {});
  if (std::any_of(overlaps.begin(), overlaps.end(), [](const auto& o) { return o.too_much; })) {
    throw std::runtime_error(accusation(names, texts, overlaps, stretches));
  }
  for (uint32_t i = 0; i < names.size(); ++i) {
    const std::span<const uint8_t> bytes = search.benchmark(i);
    fmt::format_to(std::back_inserter(report), "apart\t{}\t{}\t{}\t{}\t{}\n", hash_of(bytes),
                   bytes.size(), overlaps[i].bytes, overlaps[i].longest, names[i]);
  }
  for (const Stretch& s : stretches) {
    fmt::format_to(std::back_inserter(report), "shared\t{}\t{}\t{}\t{}\t{}\n", s.longest,
                   names[s.benchmark], s.longest_offset, texts[s.training], s.training_offset);
  }
  report += kClean;
  write_text(apart_report_name(output), report);
  fmt::print(stderr, "{} files kept apart, {} shared strings, none too long: {}\n", names.size(),
             stretches.size(), apart_report_name(output));
}

void drop_apart_report(const std::vector<std::string>& texts, const std::string& output) {
  const std::string report = read_report(output);
  if (report.empty()) return;
  bool covers = is_report(report);
  for (const std::string& text : texts) {
    with_file(text, [&](std::span<const uint8_t> bytes) {
      covers = covers && report.find(text_line(text, bytes)) != std::string::npos;
    });
  }
  if (covers) return;
  fmt::print(stderr, "{}: about other texts, removed\n", apart_report_name(output));
  ::unlink(apart_report_name(output).c_str());
}

void copy_apart_report(const std::string& from, const std::string& to) {
  const std::string report = read_report(from);
  if (report.empty()) {
    ::unlink(apart_report_name(to).c_str());
  } else {
    write_text(apart_report_name(to), report);
  }
}

void print_apart_report(const std::string& output) {
  const std::string report = read_report(output);
  if (report.empty()) return;
  if (!is_report(report)) throw Failure(apart_report_name(output), "is no report of an overlap");
  fmt::print("kept apart   {} files from {} texts, {} shared strings: {}\n",
             lines_with(report, "\napart\t"), lines_with(report, "\ntext\t"),
             lines_with(report, "\nshared\t"), apart_report_name(output));
}

}  // namespace pith::model_cli
