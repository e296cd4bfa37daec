#include "cli/list.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/listing.h"
#include "cli/ratios.h"
#include "cli/standard_output.h"

namespace pith::cli {
namespace {

struct Total {
  uint64_t files = 0;
  uint64_t frames = 0;
  uint64_t blocks = 0;
  uint64_t coded = 0;
  uint64_t raw = 0;

  void add(const Listing& listing) {
    ++files;
    frames += listing.frames.size();
    blocks += listing.blocks;
    coded += listing.coded;
    raw += listing.raw;
  }
};

std::string hex(std::span<const unsigned char> bytes) {
  std::string out;
  for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
  return out;
}

std::string id_or(uint64_t id, std::string_view none) {
  return id == 0 ? std::string(none) : fmt::format("{:016x}", id);
}

// ---- Table

std::string name_or_id(const char* name, uint64_t id) {
  return name != nullptr ? name : id_or(id, "none");
}

std::string model_or_none(uint64_t id, Models* models) {
  const std::string& name = models->name_of(id);
  return name_or_id(name.empty() ? nullptr : name.c_str(), id);
}
std::string prior_or_none(uint64_t id) { return name_or_id(pith_prior_name(id), id); }

// The value that all frames share, or "mixed".
template <typename Show>
std::string common(const Listing& listing, Show show) {
  std::string value = listing.frames.empty() ? "-" : show(listing.frames.front());
  for (const pith_info& frame : listing.frames) {
    if (show(frame) != value) return "mixed";
  }
  return value;
}

constexpr std::string_view kTableHead =
    "Frames  Blocks    Compressed  Uncompressed    Ratio  Level  Model   Check     Name\n";

std::string table_row(const Total& sums, std::string_view level, std::string_view model,
                      std::string_view check, std::string_view name) {
  return fmt::format("{:>6}  {:>6}  {:>12}  {:>12}  {:>7.3f}  {:>5}  {:<6}  {:<8}  {}\n",
                     sums.frames, sums.blocks, sums.coded, sums.raw,
                     ratios_of(sums.raw, sums.coded).ratio, level, model, check, name);
}

std::string file_row(const Listing& listing, Models* models) {
  Total sums;
  sums.add(listing);
  const std::string level =
      common(listing, [](const pith_info& frame) { return fmt::format("{}", frame.level); });
  const std::string model = common(
      listing, [&](const pith_info& frame) { return model_or_none(frame.model_id, models); });
  return table_row(sums, level, model, kCheckName, printable(listing.name));
}

std::string block_rows(const Listing& listing, Models* models) {
  size_t prior_width = 5;  // of a name, or of an id if there is one
  size_t model_width = 5;  // likewise
  for (const pith_block_info& block : listing.block_list) {
    prior_width = std::max(prior_width, prior_or_none(block.prior_id).size());
    model_width = std::max(model_width, model_or_none(block.model_id, models).size());
  }
  std::string out = fmt::format(
      "  Frame   Block        Offset    Compressed    Raw offset  Uncompressed    Ratio  Level  "
      "Method  {:<{}}  {:<{}}  Kind            XXH3-64\n",
      "Prior", prior_width, "Model", model_width);
  for (const pith_block_info& block : listing.block_list) {
    out += fmt::format(
        "  {:>5}  {:>6}  {:>12}  {:>12}  {:>12}  {:>12}  {:>7.3f}  {:>5}  {:<6}  {:<{}}  {:<{}}  "
        "{:<14}  {:016x}\n",
        block.frame, block.block, block.coded_offset, block.coded_size, block.raw_offset,
        block.raw_size, ratios_of(block.raw_size, block.coded_size).ratio, block.level,
        method_name(block.method), prior_or_none(block.prior_id), prior_width,
        model_or_none(block.model_id, models), model_width, kind_name(block.kind), block.raw_hash);
  }
  return out;
}

// ---- JSON

void add_sizes(JsonWriter* json, uint64_t blocks, uint64_t raw, uint64_t coded) {
  const Ratios ratios = ratios_of(raw, coded);
  json->add("blocks", blocks);
  json->add("uncompressed_bytes", raw);
  json->add("compressed_bytes", coded);
  json->add("ratio", ratios.ratio);
  json->add("bits_per_byte", ratios.bits_per_byte);
}

void add_id(JsonWriter* json, std::string_view key, uint64_t id) {
  if (id == 0) {
    json->add_null(key);
  } else {
    json->add(key, id_or(id, ""));
  }
}

void add_name(JsonWriter* json, std::string_view key, const char* name) {
  if (name == nullptr) {
    json->add_null(key);
  } else {
    json->add(key, name);
  }
}

void add_frame(JsonWriter* json, const pith_info& frame) {
  json->begin_object();
  json->add("format_version", frame.format_version);
  json->add("level", frame.level);
  json->add("block_size", frame.block_size);
  json->add("decoder_memory_bytes", frame.decoder_memory);
  add_id(json, "prior", frame.prior_id);
  add_id(json, "model", frame.model_id);
  add_sizes(json, frame.blocks, frame.raw_size, frame.coded_size);
  json->add("check", kCheckName);
  if (frame.blocks == 0) {
    json->add_null("content_hash");
  } else {
    json->add("content_hash", hex(frame.content_hash));
  }
  json->end_object();
}

void add_block(JsonWriter* json, const pith_block_info& block, Models* models) {
  json->begin_object();
  json->add("frame", block.frame);
  json->add("block", block.block);
  json->add("compressed_offset", block.coded_offset);
  json->add("compressed_bytes", block.coded_size);
  json->add("uncompressed_offset", block.raw_offset);
  json->add("uncompressed_bytes", block.raw_size);
  json->add("level", block.level);
  json->add("method", method_name(block.method));
  add_id(json, "prior", block.prior_id);
  add_name(json, "prior_name", pith_prior_name(block.prior_id));
  add_id(json, "model", block.model_id);
  const std::string& model = models->name_of(block.model_id);
  add_name(json, "model_name", model.empty() ? nullptr : model.c_str());
  json->add("kind", kind_name(block.kind));
  json->add("hash", fmt::format("{:016x}", block.raw_hash));
  json->end_object();
}

void add_file(JsonWriter* json, const std::string& name, const Listing* listing, bool with_blocks,
              const Messages& messages, Models* models) {
  json->begin_object();
  json->add("name", name);
  json->add("status", status_name(messages.file_status()));
  json->begin_array("messages");
  for (const std::string& text : messages.file_texts()) json->add(text);
  json->end_array();
  if (listing != nullptr) {
    json->add("frames", uint64_t{listing->frames.size()});
    add_sizes(json, listing->blocks, listing->raw, listing->coded);
    json->begin_array("frame_list");
    for (const pith_info& frame : listing->frames) add_frame(json, frame);
    json->end_array();
    if (with_blocks) {
      json->begin_array("block_list");
      for (const pith_block_info& block : listing->block_list) add_block(json, block, models);
      json->end_array();
    }
  }
  json->end_object();
}

void add_total(JsonWriter* json, const Total& total) {
  json->begin_object("total");
  json->add("files", total.files);
  json->add("frames", total.frames);
  add_sizes(json, total.blocks, total.raw, total.coded);
  json->end_object();
}

}  // namespace

void run_list(Context* context) {
  Messages& messages = context->messages;
  const bool as_json = context->options.json;
  const bool with_blocks = messages.verbosity() >= 1;
  Total total;
  JsonWriter json;
  if (as_json) {
    json.begin_object();
    json.add("pith", pith_version());
    json.add("mode", mode_name(context->options.mode));
    json.begin_array("files");
  }
  bool head_printed = false;
  for_each_input(context->options, &messages, [&](const InputName& input) {
    messages.begin_file();
    const std::optional<Listing> listing = read_listing(input.path, with_blocks, context);
    if (listing) total.add(*listing);
    if (as_json) {
      const std::string name = input.path == "-" ? std::string(kStdinName) : input.path;
      add_file(&json, name, listing ? &*listing : nullptr, with_blocks, messages, &context->models);
    } else if (listing) {
      std::string text;
      if (!head_printed || with_blocks) text += kTableHead;
      head_printed = true;
      text += file_row(*listing, &context->models);
      if (with_blocks) text += block_rows(*listing, &context->models);
      print_standard_output(text, &messages);
    }
  });
  if (as_json) {
    json.end_array();
    add_total(&json, total);
    json.add("status", static_cast<int>(messages.status()));
    json.end_object();
    print_standard_output(json.text(), &messages);
  } else if (total.files > 1) {
    print_standard_output(
        table_row(total, "", "", "", fmt::format("(total of {} files)", total.files)), &messages);
  }
}

}  // namespace pith::cli
