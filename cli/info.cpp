#include "cli/info.h"

#include <fmt/format.h>
#include <pith/pith.h>

#include <vector>

#include "cli/coders.h"
#include "cli/help.h"
#include "cli/json.h"
#include "cli/sizes.h"

namespace pith::cli {
namespace {

const char* model_name(const pith_level_info& info) {
  const char* name = pith_model_name(info.model_id);
  return name != nullptr ? name : "none";
}

std::vector<pith_level_info> levels() {
  std::vector<pith_level_info> all;
  for (int level = PITH_LEVEL_MIN; level <= PITH_LEVEL_MAX; ++level) {
    pith_level_info info = {};
    if (pith_level(level, &info) >= 0) all.push_back(info);
  }
  return all;
}

}  // namespace

std::string info_text() {
  std::string out = version_text();
  out += fmt::format("kernels     {}\n", pith_kernel_name());
  out += fmt::format("processors  {}\n", available_processors());
  out += fmt::format("memory      {}\n\n", format_size(physical_memory()));
  out += "Level  Block size  Memory of a thread to compress  to decompress  Model\n";
  for (const pith_level_info& info : levels()) {
    out += fmt::format("{:>5}  {:>10}  {:>30}  {:>13}  {}\n", info.level,
                       format_size(info.block_size), format_size(info.encoder_memory),
                       format_size(info.decoder_memory), model_name(info));
  }
  return out;
}

std::string info_json() {
  JsonWriter json;
  json.begin_object();
  json.add("pith", PITH_VERSION_STRING);
  json.add("libpith", pith_version());
  json.add("kernels", pith_kernel_name());
  json.add("processors", uint64_t{available_processors()});
  json.add("memory_bytes", physical_memory());
  json.add("default_level", PITH_LEVEL_DEFAULT);
  json.begin_array("levels");
  for (const pith_level_info& info : levels()) {
    json.begin_object();
    json.add("level", info.level);
    json.add("block_size", info.block_size);
    json.add("encoder_memory_bytes", info.encoder_memory);
    json.add("decoder_memory_bytes", info.decoder_memory);
    if (info.model_id != 0) {
      json.add("model_name", model_name(info));
    } else {
      json.add_null("model_name");
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.text();
}

}  // namespace pith::cli
