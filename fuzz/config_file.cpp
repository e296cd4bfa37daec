// A configuration of a network and its training from any text: refused, or one that the text of its
// own gives again.
#include <cstdint>
#include <string_view>
#include <vector>

#include "fuzz/coder.h"
#include "model/network_config.h"
#include "model/train/train_config.h"

using pith::fuzz::require;
using namespace pith;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  model::NetworkConfig config;
  train::TrainConfig training;
  std::vector<model::ConfigLine> others;
  if (!model::parse_config(text, &config, &others).empty()) return 0;
  if (!train::parse_train_config(others, &training).empty()) return 0;
  if (!model::check_config(config).empty() || !train::check_train_config(training).empty()) {
    return 0;
  }
  const std::string written = model::config_text(config) + train::train_config_text(training);
  model::NetworkConfig config_again;
  train::TrainConfig training_again;
  others.clear();
  require(model::parse_config(written, &config_again, &others).empty() &&
              train::parse_train_config(others, &training_again).empty(),
          "what is written can be read");
  require(
      config_again == config &&
          model::config_text(config_again) + train::train_config_text(training_again) == written,
      "a configuration comes back from its text");
  return 0;
}
