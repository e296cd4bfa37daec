// What `pith-model info` shows of networks.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "model/network_config.h"

namespace pith::model_cli {

// The shape of a network and what it costs.
void print_shape(const model::NetworkConfig& config, const model::ClassCut& cut, size_t parameters);

// A model file. Throws Failure, which names path.
void show_model(const std::string& path, std::span<const uint8_t> file);

}  // namespace pith::model_cli
