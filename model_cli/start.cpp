// pith-model start: trains the values that n-gram predictors start with, as they are built into the
// library (models/start.bin, docs/format.md).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "container/methods/ngram_method.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "model_cli/start_file.h"
#include "ngram/ensemble.h"

namespace pith::model_cli {
namespace {

struct StartOptions {
  std::array<std::vector<std::string>, ngram::kKinds> files;  // [kind]
  std::string output;
  size_t sample = size_t{16} << 20;
};

void run_start(const StartOptions& options) {
  std::array<std::vector<std::vector<uint8_t>>, ngram::kKinds> samples;
  for (size_t kind = 0; kind < ngram::kKinds; ++kind) {
    samples[kind] = cut_samples(options.files[kind], options.sample,
                                kind != static_cast<size_t>(ngram::ContentKind::kBinary));
    if (samples[kind].empty()) throw Failure(options.files[kind].front(), "the samples are empty");
  }
  std::vector<std::vector<uint16_t>> sets;
  for (int level = 1; level <= static_cast<int>(ngram::kNgramLevels); ++level) {
    for (size_t kind = 0; kind < ngram::kKinds; ++kind) {
      const std::vector<std::span<const uint8_t>> views(samples[kind].begin(), samples[kind].end());
      sets.push_back(container::ngram_train_start(level, static_cast<ngram::ContentKind>(kind),
                                                  nullptr, views));
      fmt::print(stderr, "level {}, kind {}\n", level, kind);
    }
  }
  write_start_file(options.output, sets);
}

}  // namespace

void add_start(CLI::App* app) {
  const auto options = std::make_shared<StartOptions>();
  CLI::App* command =
      app->add_subcommand("start",
                          "Trains the values that n-gram predictors start with, "
                          "for all levels and kinds of content: the\n"
                          "file that pith is built with. It is part of the format.");
  constexpr std::array kNames = {"--text", "--structured", "--binary"};
  constexpr std::array kHelp = {"samples of prose, markup and source code",
                                "samples of logs, tables and the like", "samples of programs"};
  for (size_t kind = 0; kind < ngram::kKinds; ++kind) {
    command->add_option(kNames[kind], options->files[kind], kHelp[kind])->required();
  }
  command->add_option("-o,--output", options->output, "file to write")->required();
  command->add_option("--sample", options->sample, "bytes to learn from, of each kind")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(size_t{1}, size_t{1} << 30))
      ->capture_default_str();
  command->callback([options] { run_start(*options); });
}

}  // namespace pith::model_cli
