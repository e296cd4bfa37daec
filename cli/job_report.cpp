#include "cli/job_report.h"

#include <fmt/format.h>
#include <pith/pith.h>

#include "cli/ratios.h"
#include "cli/standard_output.h"

namespace pith::cli {
namespace {

void add_position(JsonWriter* json, const char* name, uint64_t position) {
  if (position == PITH_UNKNOWN_POSITION) {
    json->add_null(name);
  } else {
    json->add(name, position);
  }
}

// Sizes and offsets that nobody can know are null.
void add_lost_ranges(JsonWriter* json, const std::vector<pith_lost>& ranges) {
  json->begin_array("lost");
  for (const pith_lost& lost : ranges) {
    json->begin_object();
    json->add("frame", lost.frame);
    add_position(json, "uncompressed_offset", lost.raw_offset);
    add_position(json, "uncompressed_bytes", lost.raw_size);
    add_position(json, "compressed_offset", lost.coded_offset);
    add_position(json, "compressed_bytes", lost.coded_size);
    json->end_object();
  }
  json->end_array();
}

}  // namespace

JobReport::JobReport(Context* context) : context_(context) {
  json_.begin_object();
  json_.add("pith", pith_version());
  json_.add("mode", mode_name(context->options.mode));
  json_.begin_array("files");
}

void JobReport::add(const JobResult& result) {
  if (context_->options.json) {
    add_json(result);
  } else if (result.complete) {
    add_line(result);
  }
}

void JobReport::add_json(const JobResult& result) {
  const Ratios ratios = ratios_of(result.counts.raw, result.counts.coded);
  json_.begin_object();
  json_.add("name", result.name);
  if (result.output.empty()) {
    json_.add_null("output");
  } else {
    json_.add("output", result.output);
  }
  json_.add("status", status_name(context_->messages.file_status()));
  json_.begin_array("messages");
  for (const std::string& text : context_->messages.file_texts()) json_.add(text);
  json_.end_array();
  json_.add("uncompressed_bytes", result.counts.raw);
  json_.add("compressed_bytes", result.counts.coded);
  json_.add("ratio", ratios.ratio);
  json_.add("bits_per_byte", ratios.bits_per_byte);
  json_.add("seconds", result.seconds);
  if (context_->options.recover) add_lost_ranges(&json_, result.counts.lost);
  json_.end_object();
}

void JobReport::add_line(const JobResult& result) {
  Messages& messages = context_->messages;
  const Ratios ratios = ratios_of(result.counts.raw, result.counts.coded);
  if (context_->options.mode == Mode::kTest) {
    messages.detail(1, result.name,
                    fmt::format("OK, {} -> {} bytes", result.counts.coded, result.counts.raw));
    return;
  }
  const bool compressing = context_->options.mode == Mode::kCompress;
  messages.detail(1, result.name,
                  fmt::format("{} -> {} bytes, ratio {:.3f}, {:.3f} bits per byte -> {}",
                              compressing ? result.counts.raw : result.counts.coded,
                              compressing ? result.counts.coded : result.counts.raw, ratios.ratio,
                              ratios.bits_per_byte, printable(result.output)));
  messages.detail(2, result.name,
                  fmt::format("{:.2f} s, {:.0f} KB/s", result.seconds,
                              kilobytes_per_second(result.counts.raw, result.seconds)));
}

void JobReport::finish() {
  if (!context_->options.json) return;
  json_.end_array();
  json_.add("status", static_cast<int>(context_->messages.status()));
  json_.end_object();
  print_standard_output(json_.text(), &context_->messages);
}

}  // namespace pith::cli
