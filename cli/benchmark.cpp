#include "cli/benchmark.h"

#include <fmt/format.h>
#include <pith/pith.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/coders.h"
#include "cli/input_file.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/measurement.h"
#include "cli/ratios.h"
#include "cli/sizes.h"
#include "cli/standard_output.h"

namespace pith::cli {
namespace {

// The others mean the same as the one below them.
constexpr int kDistinctLevels[] = {1, 2, 3, 4, 5, 7};

std::vector<int> levels_to_measure(const Options& options) {
  if (!options.benchmark_levels.empty()) return options.benchmark_levels;
  return {std::begin(kDistinctLevels), std::end(kDistinctLevels)};
}

std::optional<std::vector<uint8_t>> read_input(InputFile* input, Context* context) {
  std::vector<uint8_t> data;
  std::array<uint8_t, 65536> buffer{};
  for (;;) {
    size_t done = 0;
    if (!input->read(
            buffer, &done, [] {}, &context->messages))
      return std::nullopt;
    if (done == 0) return data;
    data.insert(data.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(done));
  }
}

constexpr std::string_view kTableHead =
    "Level  Uncompressed    Compressed    Ratio  Bits/byte  Compress KB/s  Decompress KB/s  "
    "Compress memory  Decompress memory  Name\n";

std::string table_row(const Measurement& m, std::string_view name) {
  const Ratios ratios = ratios_of(m.raw, m.coded);
  return fmt::format(
      "{:>5}  {:>12}  {:>12}  {:>7.3f}  {:>9.3f}  {:>13.0f}  {:>15.0f}  {:>15}  {:>17}  {}\n",
      m.level, m.raw, m.coded, ratios.ratio, ratios.bits_per_byte,
      kilobytes_per_second(m.raw, m.encode_seconds), kilobytes_per_second(m.raw, m.decode_seconds),
      format_size(m.encoder_memory), format_size(m.decoder_memory), name);
}

void add_fields(JsonWriter* json, const Measurement& m) {
  const Ratios ratios = ratios_of(m.raw, m.coded);
  json->add("level", m.level);
  json->add("uncompressed_bytes", m.raw);
  json->add("compressed_bytes", m.coded);
  json->add("ratio", ratios.ratio);
  json->add("bits_per_byte", ratios.bits_per_byte);
  json->add("compress_kb_per_s", kilobytes_per_second(m.raw, m.encode_seconds));
  json->add("decompress_kb_per_s", kilobytes_per_second(m.raw, m.decode_seconds));
  json->add("compress_memory_bytes", m.encoder_memory);
  json->add("decompress_memory_bytes", m.decoder_memory);
}

// Prints rows as they are measured, or collects a document.
class BenchmarkReport {
 public:
  explicit BenchmarkReport(Context* context) : context_(context) {
    json_.begin_object();
    json_.add("pith", pith_version());
    json_.add("mode", mode_name(context->options.mode));
    json_.add("kernels", pith_kernel_name());
    json_.add("threads", uint64_t{wanted_threads(context->options)});
    json_.begin_array("results");
  }

  void add(const Measurement& m, const std::string& name) {
    json_.begin_object();
    json_.add("name", name);
    add_fields(&json_, m);
    json_.end_object();
    print_row(m, printable(name));
  }

  void finish(const std::vector<Measurement>& totals, size_t files) {
    json_.end_array();
    json_.begin_array("total");
    for (const Measurement& m : totals) {
      json_.begin_object();
      json_.add("files", uint64_t{files});
      add_fields(&json_, m);
      json_.end_object();
      if (files > 1) print_row(m, fmt::format("(total of {} files)", files));
    }
    json_.end_array();
    json_.add("status", static_cast<int>(context_->messages.status()));
    json_.end_object();
    if (context_->options.json) print_standard_output(json_.text(), &context_->messages);
  }

 private:
  void print_row(const Measurement& m, std::string_view name) {
    if (context_->options.json) return;
    std::string text;
    if (!head_printed_) text += kTableHead;
    head_printed_ = true;
    text += table_row(m, name);
    print_standard_output(text, &context_->messages);
  }

  Context* context_;
  JsonWriter json_;
  bool head_printed_ = false;
};

}  // namespace

void run_benchmark(Context* context) {
  const std::vector<int> levels = levels_to_measure(context->options);
  BenchmarkReport report(context);
  std::vector<Measurement> totals;
  for (const int level : levels) {
    totals.emplace_back();
    totals.back().level = level;
  }
  size_t files = 0;
  for_each_input(context->options, &context->messages, [&](const InputName& name) {
    context->messages.begin_file();
    InputRules rules;
    rules.special_files = true;
    const auto input = InputFile::open(name.path, rules, &context->messages);
    if (input == nullptr) return;
    const auto data = read_input(input.get(), context);
    if (!data) return;
    ++files;
    for (size_t i = 0; i < levels.size(); ++i) {
      const auto measurement = measure(*data, levels[i], input->name(), context);
      if (!measurement) return;
      totals[i].add(*measurement);
      report.add(*measurement, input->name());
    }
  });
  report.finish(totals, files);
}

}  // namespace pith::cli
