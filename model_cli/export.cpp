// pith-model export: makes a model file of a training run.
#include "model/train/export.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "model/integer_model.h"
#include "model/train/matrix_product.h"
#include "model_cli/checkpoint_file.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "model_cli/keep_apart.h"
#include "model_cli/packed_files.h"

namespace pith::model_cli {
namespace {

struct ExportOptions {
  std::string checkpoint;
  std::string output;
  std::vector<std::string> samples;
};

void run_export(const ExportOptions& options) {
  train::use_caller_thread_alone();
  train::TrainingRun run = load_checkpoint(options.checkpoint);
  const model::Vocabulary vocabulary = vocabulary_of(options.checkpoint, run);
  if (run.steps.empty()) {
    if (options.samples.empty()) {
      throw Failure(options.checkpoint,
                    "its training has not come to numbers of 8 bits yet: give texts to choose "
                    "their ranges by (--sample), or train to the end");
    }
    constexpr uint64_t kSampleBytes = 64 << 10;
    const PackedTexts texts(options.samples, vocabulary, kSampleBytes);
    if (texts.view().documents.empty()) throw Failure(options.samples.front(), "is empty");
    run.steps = train::measure_steps(run, texts.view());
  }
  const std::vector<uint8_t> file = model::write_model(train::to_integers(run));
  write_file(options.output, file);
  copy_apart_report(options.checkpoint, options.output);
  fmt::print("{}: {} bytes, model {:016x}\n", options.output, file.size(), model::model_hash(file));
}

}  // namespace

void add_export(CLI::App* app) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      app->add_subcommand("export", "Makes a model file, in integers, of a training run.");
  command->add_option("CHECKPOINT", options->checkpoint, "made by pith-model train")->required();
  command->add_option("-o,--output", options->output, "model file to write")->required();
  command->add_option(
      "--sample", options->samples,
      "texts to choose the ranges of activations by, for a run whose last phase has "
      "not begun");
  command->callback([options] { run_export(*options); });
}

}  // namespace pith::model_cli
