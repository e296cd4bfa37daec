#include "model/network_config.h"

#include <bit>
#include <charconv>

namespace pith::model {
namespace {

struct Field {
  const char* name;
  uint32_t NetworkConfig::*member;
  uint32_t least;
  uint32_t most;
};

constexpr Field kFields[] = {
    {"vocabulary", &NetworkConfig::vocabulary, 2, 65536},
    {"width", &NetworkConfig::width, 8, 4096},
    {"recurrence_width", &NetworkConfig::recurrence_width, 8, 4096},
    {"feed_forward", &NetworkConfig::feed_forward, 8, 4096},
    {"heads", &NetworkConfig::heads, 1, 64},
    {"kv_heads", &NetworkConfig::kv_heads, 1, 64},
    {"head_width", &NetworkConfig::head_width, 4, 128},
    {"window", &NetworkConfig::window, 1, 4096},
    {"ngram_rows", &NetworkConfig::ngram_rows, 0, 1 << 22},
    {"ngram_width", &NetworkConfig::ngram_width, 4, 2048},
    {"classes", &NetworkConfig::classes, 1, 4096},
};

constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Returns "" or what is wrong; "?" if the name is not of a network.
std::string set_field(std::string_view name, std::string_view value, NetworkConfig* config) {
  if (name == "blocks") {
    config->blocks = value;
    return {};
  }
  for (const Field& field : kFields) {
    if (name != field.name) continue;
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size()) {
      return std::string(name) + " takes a number, not \"" + std::string(value) + "\"";
    }
    config->*field.member = number;
    return {};
  }
  return "?";
}

}  // namespace

std::string parse_config(std::string_view text, NetworkConfig* config,
                         std::vector<ConfigLine>* others) {
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = trimmed(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const size_t gap = std::min(line.find_first_of(kBlank), line.size());
    const std::string_view name = line.substr(0, gap);
    const std::string_view value = trimmed(line.substr(gap));
    std::string wrong = set_field(name, value, config);
    if (wrong == "?" && others != nullptr) {
      others->push_back({number, std::string(name), std::string(value)});
      continue;
    }
    if (wrong == "?") wrong = "unknown name \"" + std::string(name) + "\"";
    if (!wrong.empty()) return "line " + std::to_string(number) + ": " + wrong;
  }
  return {};
}

std::string config_text(const NetworkConfig& config) {
  std::string text = "blocks " + config.blocks + "\n";
  for (const Field& field : kFields) {
    text += std::string(field.name) + " " + std::to_string(config.*field.member) + "\n";
  }
  return text;
}

std::string check_config(const NetworkConfig& config) {
  for (const Field& field : kFields) {
    const uint32_t value = config.*field.member;
    if (value < field.least || value > field.most) {
      return std::string(field.name) + " is " + std::to_string(value) + ", not in " +
             std::to_string(field.least) + " to " + std::to_string(field.most);
    }
  }
  if (config.blocks.empty() || config.blocks.size() > 64) return "blocks: 1 to 64 letters";
  for (const char kind : config.blocks) {
    if (kind != static_cast<char>(BlockKind::kRecurrence) &&
        kind != static_cast<char>(BlockKind::kAttention)) {
      return "blocks: \"" + config.blocks + "\" has letters other than r and a";
    }
  }
  if (config.heads % config.kv_heads != 0) return "kv_heads does not divide heads";
  if (config.head_width % 2 != 0) return "head_width is odd";
  if (config.ngram_rows != 0 && !std::has_single_bit(config.ngram_rows)) {
    return "ngram_rows is not a power of two";
  }
  if (config.classes > config.vocabulary) return "more classes than tokens";
  return {};
}

double multiply_adds(const NetworkConfig& config, double class_rows) {
  const double d = config.width;
  const double attended = double{1} * config.heads * config.head_width;
  const double recurrence = 4.0 * config.recurrence_width * d;
  const double attention = 2.0 * attended * d + 2.0 * config.kv_heads * config.head_width * d +
                           2.0 * config.window * attended;
  double sum = (config.classes + class_rows) * d;
  if (config.ngram_rows != 0) sum += 2.0 * config.ngram_width * d;
  for (const char kind : config.blocks) {
    sum += kind == static_cast<char>(BlockKind::kRecurrence) ? recurrence : attention;
    sum += 2.0 * config.feed_forward * d;
  }
  return sum;
}

}  // namespace pith::model
