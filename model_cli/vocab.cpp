// pith-model vocab: chooses the tokens of a vocabulary from texts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "model/vocab/trainer.h"
#include "model/vocab/vocabulary_file.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "model_cli/keep_apart.h"
#include "model_cli/text_sample.h"

namespace pith::model_cli {
namespace {

constexpr size_t kSampleMax = size_t{1} << 30;  // bytes; four times that in memory

struct VocabOptions {
  std::vector<std::string> files;
  std::vector<std::string> apart;
  std::string output;
  size_t size = 8192;
  size_t sample = size_t{64} << 20;
  double balance = 0.8;
  bool quiet = false;
};

void run_vocab(const VocabOptions& options) {
  if (options.apart.empty()) {
    drop_apart_report(options.files, options.output);
  } else {
    keep_apart(options.files, options.apart, options.output);
  }
  const std::vector<uint8_t> text = sample_files(options.files, options.sample, options.balance);
  if (text.empty()) throw Failure(options.files.front(), "the texts are empty");
  const auto on_round = [&](const model::VocabularyProgress& progress) {
    if (options.quiet) return;
    fmt::print(stderr, "round {:2}: {} tokens, {:.4f} bytes per token\n", progress.round,
               progress.tokens,
               static_cast<double>(text.size()) / static_cast<double>(progress.segments));
  };
  const model::Vocabulary vocabulary = model::train_vocabulary(text, options.size, on_round);
  write_file(options.output, model::write_vocabulary(vocabulary));
  if (vocabulary.size() < options.size) {
    fmt::print(stderr,
               "pith-model: {}: only {} tokens: the texts have no more that are seen twice\n",
               options.output, vocabulary.size());
  }
}

}  // namespace

void add_vocab(CLI::App* app) {
  const auto options = std::make_shared<VocabOptions>();
  CLI::App* command = app->add_subcommand("vocab",
                                          "Chooses the tokens of a vocabulary from texts: those "
                                          "that make them shortest. The same files\n"
                                          "and options give the same vocabulary.");
  command->add_option("FILES", options->files, "texts; zero bytes separate documents")->required();
  command->add_option("-o,--output", options->output, "vocabulary file to write")->required();
  command->add_option("--size", options->size, "tokens, all 256 single bytes among them")
      ->check(CLI::Range(model::kVocabularyMin, model::kVocabularyMax / 2))
      ->capture_default_str();
  command->add_option("--sample", options->sample, "bytes of the texts to look at")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(size_t{1}, kSampleMax))
      ->capture_default_str();
  command
      ->add_option("--balance", options->balance,
                   "share of a file in the sample: its size to this power (0: all alike)")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--keep-apart", options->apart,
                      "files, and folders of them, that must not be in the texts: no vocabulary is "
                      "made if they share more than licences and quotations");
  command->add_flag("-q,--quiet", options->quiet, "show no progress");
  command->callback([options] { run_vocab(*options); });
}

}  // namespace pith::model_cli
