// pith-model eval: how well a network predicts texts, alone and beside the n-grams.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "model/train/evaluate.h"
#include "model/train/matrix_product.h"
#include "model_cli/checkpoint_file.h"
#include "model_cli/coded_sizes.h"
#include "model_cli/commands.h"
#include "model_cli/engine_file.h"
#include "model_cli/engine_loss.h"
#include "model_cli/packed_files.h"

namespace pith::model_cli {
namespace {

struct EvalOptions {
  std::string network;
  std::vector<std::string> files;
  uint64_t limit = ~uint64_t{0};
  size_t threads = 0;
  bool last = false;
  bool floats = false;
  bool coded = false;
};

struct NamedLosses {
  std::vector<std::string> names;  // of the texts
  std::vector<train::TextLoss> losses;
};

void print_loss(const std::string& name, const train::TextLoss& loss) {
  fmt::print(
      "{:24} {:9.4f} {:10} {:9.3f}\n", name, loss.bits_per_byte(), loss.bytes,
      loss.tokens == 0 ? 0 : static_cast<double>(loss.bytes) / static_cast<double>(loss.tokens));
}

size_t threads_of(const EvalOptions& options) {
  return options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
}

NamedLosses losses_of(const EvalOptions& options) {
  const size_t threads = threads_of(options);
  if (!options.floats && model::is_model_file(MappedFile(options.network).bytes())) {
    const EngineFile file = load_engine(options.network);
    const PackedTexts texts(options.files, file.vocabulary, options.limit);
    return {texts.view().names,
            engine_loss(*file.engine, texts.view(), token_lengths(file.vocabulary), threads)};
  }
  train::use_caller_thread_alone();
  const train::TrainingRun run = load_network(options.network);
  const model::Vocabulary vocabulary = vocabulary_of(options.network, run);
  const PackedTexts texts(options.files, vocabulary, options.limit);
  return {texts.view().names, train::evaluate(run, options.last ? run.weights : run.average,
                                              texts.view(), token_lengths(vocabulary), threads)};
}

double bits_per_byte(uint64_t coded, uint64_t raw) {
  return raw == 0 ? 0 : 8 * static_cast<double>(coded) / static_cast<double>(raw);
}

// network: the loss of the network alone, bits per byte.
void print_coded(const CodedSize& size, double network) {
  const double change =
      size.ngrams == 0
          ? 0
          : 100 * static_cast<double>(size.both) / static_cast<double>(size.ngrams) - 100;
  fmt::print("{:24} {:9.4f} {:9.4f} {:9.4f} {:+7.1f} % {:10}\n", size.name, network,
             bits_per_byte(size.ngrams, size.raw), bits_per_byte(size.both, size.raw), change,
             size.raw);
}

void run_coded(const EvalOptions& options) {
  const std::vector<train::TextLoss> losses = losses_of(options).losses;
  const std::vector<CodedSize> sizes =
      coded_sizes(options.network, options.files, options.limit, threads_of(options));
  fmt::print("{:24} {:>9} {:>9} {:>9} {:>9} {:>10}\n", "text", "network", "n-grams", "both",
             "change", "bytes");
  CodedSize all = {.name = "all"};
  train::TextLoss loss;
  for (size_t i = 0; i < sizes.size(); ++i) {
    print_coded(sizes[i], losses[i].bits_per_byte());
    all.raw += sizes[i].raw;
    all.ngrams += sizes[i].ngrams;
    all.both += sizes[i].both;
    loss.bits += losses[i].bits;
    loss.bytes += losses[i].bytes;
  }
  if (sizes.size() > 1) print_coded(all, loss.bits_per_byte());
}

void run_eval(const EvalOptions& options) {
  if (options.coded) return run_coded(options);
  const auto [names, losses] = losses_of(options);
  fmt::print("{:24} {:>9} {:>10} {:>9}\n", "text", "bits/byte", "bytes", "per token");
  train::TextLoss all;
  for (size_t i = 0; i < losses.size(); ++i) {
    print_loss(names[i], losses[i]);
    all.bits += losses[i].bits;
    all.bytes += losses[i].bytes;
    all.tokens += losses[i].tokens;
  }
  if (losses.size() > 1) print_loss("all", all);
}

}  // namespace

void add_eval(CLI::App* app) {
  const auto options = std::make_shared<EvalOptions>();
  CLI::App* command = app->add_subcommand("eval",
                                          "Prints the bits per byte of texts under a network. "
                                          "CR LF counts as LF, and a zero byte "
                                          "starts a new document.");
  command->add_option("NETWORK", options->network, "a checkpoint or a model file")->required();
  command->add_option("FILES", options->files, "texts")->required();
  command->add_option("--limit", options->limit, "bytes of each text, from its start")
      ->transform(CLI::AsSizeValue(false));
  command->add_option("-t,--threads", options->threads, "0: one for each processor")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  command->add_flag("--last", options->last, "the last weights, not their average");
  command->add_flag("--floats", options->floats,
                    "compute a model file as the trainer does, not as pith does");
  command->add_flag("--coded", options->coded,
                    "of a model file: also code the texts, with n-grams alone and with both");
  command->callback([options] { run_eval(*options); });
}

}  // namespace pith::model_cli
