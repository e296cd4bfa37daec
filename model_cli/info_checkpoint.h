// What `pith-model info` shows of training runs.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace pith::model_cli {

// Shows the file if it is a checkpoint; returns whether it is. Throws Failure, which names path.
[[nodiscard]] bool show_checkpoint(const std::string& path, std::span<const uint8_t> file);

}  // namespace pith::model_cli
