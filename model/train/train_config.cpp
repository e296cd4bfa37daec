#include "model/train/train_config.h"

#include <charconv>
#include <cmath>

namespace pith::train {
namespace {

struct WholeField {
  const char* name;
  uint32_t TrainConfig::*member;
  uint32_t least;
  uint32_t most;
};

constexpr WholeField kWholeFields[] = {
    {"streams", &TrainConfig::streams, 1, 4096},
    {"steps", &TrainConfig::steps, 1, 4096},
    {"micro_streams", &TrainConfig::micro_streams, 1, 4096},
    {"segment", &TrainConfig::segment, 16, 1u << 24},
    {"warm_up", &TrainConfig::warm_up, 0, 1u << 24},
    {"seed", &TrainConfig::seed, 0, ~0u},
};

struct RealField {
  const char* name;
  float& (*of)(TrainConfig&);
  float most;
};

constexpr RealField kRealFields[] = {
    {"warm_down", [](TrainConfig& c) -> float& { return c.warm_down; }, 1},
    {"quantised", [](TrainConfig& c) -> float& { return c.quantised; }, 1},
    {"mix_power", [](TrainConfig& c) -> float& { return c.mix_power; }, 2},
    {"matrix_rate", [](TrainConfig& c) -> float& { return c.optimizer.matrix_rate; }, 10},
    {"embedding_rate", [](TrainConfig& c) -> float& { return c.optimizer.embedding_rate; }, 10},
    {"output_rate", [](TrainConfig& c) -> float& { return c.optimizer.output_rate; }, 10},
    {"vector_rate", [](TrainConfig& c) -> float& { return c.optimizer.vector_rate; }, 10},
    {"matrix_decay", [](TrainConfig& c) -> float& { return c.optimizer.matrix_decay; }, 10},
    {"momentum", [](TrainConfig& c) -> float& { return c.optimizer.momentum; }, 1},
    {"beta1", [](TrainConfig& c) -> float& { return c.optimizer.beta1; }, 1},
    {"beta2", [](TrainConfig& c) -> float& { return c.optimizer.beta2; }, 1},
    {"clip", [](TrainConfig& c) -> float& { return c.optimizer.clip; }, 1e9f},
};

template <class Number>
bool read_number(const std::string& text, Number* number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, *number);
  return error == std::errc() && stop == end;
}

std::string shortest(float number) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number);
  return {text, end};
}

// "NAME WEIGHT"
bool read_mix(const std::string& value, TrainConfig* config) {
  const size_t gap = value.find_last_of(" \t");
  float weight = 0;
  if (gap == std::string::npos || !read_number(value.substr(gap + 1), &weight)) return false;
  const size_t end = value.find_last_not_of(" \t", gap);
  if (end == std::string::npos || !(weight >= 0) || !std::isfinite(weight)) return false;
  config->mix.emplace_back(value.substr(0, end + 1), weight);
  return true;
}

bool read_line(const model::ConfigLine& line, TrainConfig* config, bool* known) {
  *known = true;
  if (line.name == "mix") return read_mix(line.value, config);
  for (const WholeField& field : kWholeFields) {
    if (line.name == field.name) return read_number(line.value, &(config->*field.member));
  }
  for (const RealField& field : kRealFields) {
    if (line.name == field.name) return read_number(line.value, &field.of(*config));
  }
  *known = false;
  return false;
}

}  // namespace

std::string parse_train_config(const std::vector<model::ConfigLine>& lines, TrainConfig* config) {
  for (const model::ConfigLine& line : lines) {
    bool known = false;
    if (read_line(line, config, &known)) continue;
    const std::string where = "line " + std::to_string(line.number) + ": ";
    if (!known) return where + "unknown name \"" + line.name + "\"";
    return where + line.name + " cannot be \"" + line.value + "\"";
  }
  return {};
}

std::string train_config_text(const TrainConfig& config) {
  std::string text;
  for (const WholeField& field : kWholeFields) {
    text += std::string(field.name) + " " + std::to_string(config.*field.member) + "\n";
  }
  TrainConfig copy = config;
  for (const RealField& field : kRealFields) {
    text += std::string(field.name) + " " + shortest(field.of(copy)) + "\n";
  }
  for (const auto& [name, weight] : config.mix)
    text += "mix " + name + " " + shortest(weight) + "\n";
  return text;
}

std::string check_train_config(const TrainConfig& config) {
  for (const WholeField& field : kWholeFields) {
    const uint32_t value = config.*field.member;
    if (value < field.least || value > field.most) {
      return std::string(field.name) + " is " + std::to_string(value) + ", not in " +
             std::to_string(field.least) + " to " + std::to_string(field.most);
    }
  }
  TrainConfig copy = config;
  for (const RealField& field : kRealFields) {
    const float value = field.of(copy);
    if (!(value >= 0 && value <= field.most)) {
      return std::string(field.name) + " is " + shortest(value) + ", not in 0 to " +
             shortest(field.most);
    }
  }
  if (config.streams % config.micro_streams != 0) return "micro_streams does not divide streams";
  return {};
}

}  // namespace pith::train
