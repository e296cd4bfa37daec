// pith-model network-start: trains the weights by which n-grams and a network are mixed, as they
// are built into the library (models/network-start.bin, docs/format.md).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "container/methods/content.h"
#include "container/methods/neural_method.h"
#include "container/priors/built_in_priors.h"
#include "model/language_model.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "model_cli/start_file.h"
#include "ngram/network_shape.h"

namespace pith::model_cli {
namespace {

struct NetworkStartOptions {
  std::string model;
  std::vector<std::string> files;
  std::string output;
  size_t sample = size_t{8} << 20;
};

// The samples of a kind, each with the prior that it would be coded with, or none.
std::vector<container::NeuralSample> samples_of(ngram::ContentKind kind, bool with_prior,
                                                const std::vector<std::vector<uint8_t>>& texts) {
  std::vector<container::NeuralSample> samples;
  for (const std::vector<uint8_t>& text : texts) {
    if (container::detect_content(text) != kind) continue;
    container::NeuralSample sample{text};
    const uint8_t prior = container::choose_built_in_prior(kind, text);
    if (with_prior && prior != 0) sample.prior = &container::built_in_prior(prior);
    samples.push_back(sample);
  }
  return samples;
}

struct Trained {
  std::vector<uint16_t> words;
  std::string summary;
};

Trained train_set(size_t shape, const model::LanguageModel& network, ngram::ContentKind kind,
                  bool with_prior, const std::vector<std::vector<uint8_t>>& texts) {
  const std::vector<container::NeuralSample> samples = samples_of(kind, with_prior, texts);
  double bits_per_byte = 0;
  Trained trained;
  trained.words = container::neural_train_start(shape, network, kind, samples, &bits_per_byte);
  trained.summary = fmt::format("shape {}, {}, {}: {} samples, {:.4f} bits per byte", shape,
                                kind == ngram::ContentKind::kText ? "text" : "structured",
                                with_prior ? "priors" : "no priors", samples.size(), bits_per_byte);
  return trained;
}

void run_network_start(const NetworkStartOptions& options) {
  std::unique_ptr<const model::LanguageModel> network;
  if (const model::FileError error = model::LanguageModel::read(read_file(options.model), &network);
      !error.ok()) {
    throw Failure(options.model, error);
  }
  const std::vector<std::vector<uint8_t>> texts = cut_samples(options.files, options.sample, true);
  std::vector<std::future<Trained>> running;  // the sets in their order; they learn at one time
  for (size_t shape = 0; shape < ngram::kNetworkShapes; ++shape) {
    for (const ngram::ContentKind kind :
         {ngram::ContentKind::kText, ngram::ContentKind::kStructured}) {
      for (const bool with_prior : {false, true}) {
        running.push_back(std::async(std::launch::async, [&, shape, kind, with_prior] {
          return train_set(shape, *network, kind, with_prior, texts);
        }));
      }
    }
  }
  std::vector<std::vector<uint16_t>> sets;
  for (std::future<Trained>& set : running) {
    Trained trained = set.get();
    fmt::print(stderr, "{}\n", trained.summary);
    sets.push_back(std::move(trained.words));
  }
  write_start_file(options.output, sets);
}

}  // namespace

void add_network_start(CLI::App* app) {
  const auto options = std::make_shared<NetworkStartOptions>();
  CLI::App* command = app->add_subcommand(
      "network-start",
      "Trains the weights by which n-grams and a network are mixed: the file that pith\n"
      "is built with. It is part of the format. The texts should be none that the network\n"
      "or the priors were made from.");
  command->add_option("MODEL", options->model, "model file")->required();
  command->add_option("FILES", options->files, "texts of all kinds; zero bytes separate documents")
      ->required();
  command->add_option("-o,--output", options->output, "file to write")->required();
  command->add_option("--sample", options->sample, "bytes to learn from")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(size_t{1}, size_t{1} << 30))
      ->capture_default_str();
  command->callback([options] { run_network_start(*options); });
}

}  // namespace pith::model_cli
