#include "model_cli/info_checkpoint.h"

#include <fmt/format.h>

#include "model/train/checkpoint.h"
#include "model_cli/checkpoint_file.h"
#include "model_cli/files.h"
#include "model_cli/info_network.h"

namespace pith::model_cli {

bool show_checkpoint(const std::string& path, std::span<const uint8_t> file) {
  if (!train::is_checkpoint(file)) return false;
  train::TrainingRun run;
  if (const auto error = train::read_checkpoint(file, &run); !error.ok()) {
    throw Failure(path, error);
  }
  fmt::print("checkpoint   {} steps, {:.1f} MB of text, {:.0f} minutes\n", run.moments.steps,
             static_cast<double>(run.bytes) / 1e6, run.seconds / 60);
  fmt::print("vocabulary   {:016x}\n", vocabulary_of(path, run).hash());
  fmt::print("file         {} bytes\n", file.size());
  fmt::print("numbers      {}\n", run.steps.empty() ? "float" : "of 8 bits");
  print_shape(run.config, run.cut, run.weights.size());
  return true;
}

}  // namespace pith::model_cli
