// pith-model train: trains a network on texts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "model/train/class_cut.h"
#include "model/train/initialise.h"
#include "model/train/matrix_product.h"
#include "model/train/trainer.h"
#include "model/vocab/vocabulary_file.h"
#include "model_cli/checkpoint_file.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "model_cli/keep_apart.h"
#include "model_cli/packed_files.h"
#include "model_cli/training_session.h"

namespace pith::model_cli {
namespace {

struct TrainOptions {
  std::string config;
  std::string vocabulary;
  std::string precision = "auto";
  bool resume = false;
  std::vector<std::string> files;
  std::vector<std::string> held;
  std::vector<std::string> apart;
  uint64_t held_bytes = 64 << 10;
  SessionOptions session;
};

void read_config(const std::string& path, train::TrainingRun* run) {
  const std::vector<uint8_t> text = read_file(path);
  std::vector<model::ConfigLine> lines;
  std::string wrong = model::parse_config({reinterpret_cast<const char*>(text.data()), text.size()},
                                          &run->config, &lines);
  if (wrong.empty()) wrong = train::parse_train_config(lines, &run->train);
  if (wrong.empty()) wrong = train::check_train_config(run->train);
  if (!wrong.empty()) throw Failure(path, wrong);
}

// Gives a new run its classes and its first weights.
void begin_run(const train::PackedText& text, const model::Vocabulary& vocabulary,
               train::TrainingRun* run) {
  std::vector<uint64_t> counts(vocabulary.size());
  for (const uint16_t token : text.tokens) ++counts[token];
  run->cut = train::cut_classes(vocabulary, counts, run->config.classes);
  run->class_rows = train::average_class_rows(run->cut, counts);
  const model::Layout layout = run->layout();
  run->weights.resize(layout.total);
  train::initialise<float>(run->config, layout, run->train.seed, run->weights);
  run->average = run->weights;
  run->moments = train::Moments(layout.total);
}

// Continues a run: the network is the checkpoint's, how it is trained may be changed.
void take_config(const std::string& path, train::TrainingRun* run) {
  train::TrainingRun changed;
  changed.config = run->config;
  changed.train = run->train;
  changed.train.mix.clear();
  read_config(path, &changed);
  if (changed.config != run->config) {
    throw Failure(path, "describes another network than the checkpoint has:\n" +
                            model::config_text(run->config));
  }
  run->train = changed.train;
}

std::vector<double> file_weights(const train::PackedText& text, const train::TrainConfig& config) {
  std::vector<double> weights(text.names.size(), 0);
  for (const train::PackedDocument& document : text.documents) {
    weights[document.file] += document.count;
  }
  for (double& weight : weights) weight = std::pow(weight, double{config.mix_power});
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= all;
  for (const auto& [name, weight] : config.mix) {
    for (size_t i = 0; i < weights.size(); ++i) {
      if (text.names[i] == name) weights[i] = double{weight};
    }
  }
  return weights;
}

void choose_precision(const std::string& name) {
  train::use_caller_thread_alone();
  if (name == "f32") return;
  if (train::set_precision(train::Precision::kBfloat16) || name == "auto") return;
  throw std::runtime_error("this processor, or this build, has no bfloat16 products");
}

// A run that has its configuration and its vocabulary, but no network yet.
train::TrainingRun new_run(const TrainOptions& options) {
  if (options.vocabulary.empty()) throw std::runtime_error("a new run needs a vocabulary (-v)");
  train::TrainingRun run;
  if (!options.config.empty()) read_config(options.config, &run);
  run.vocabulary = read_file(options.vocabulary);
  model::Vocabulary vocabulary;
  if (const auto error = model::read_vocabulary(run.vocabulary, &vocabulary); !error.ok()) {
    throw Failure(options.vocabulary, error);
  }
  run.config.vocabulary = static_cast<uint32_t>(vocabulary.size());
  const std::string wrong = model::check_config(run.config);
  if (!wrong.empty()) throw Failure(options.config, wrong);
  return run;
}

train::TrainingRun old_run(const TrainOptions& options) {
  train::TrainingRun run = load_checkpoint(options.session.checkpoint);
  if (!options.config.empty()) take_config(options.config, &run);
  return run;
}

void run_train(const TrainOptions& options) {
  if (options.session.minutes <= 0 && options.session.tokens == 0) {
    throw std::runtime_error("a run needs an end: --minutes or --tokens");
  }
  choose_precision(options.precision);
  train::TrainingRun run = options.resume ? old_run(options) : new_run(options);
  const model::Vocabulary vocabulary = vocabulary_of(options.session.checkpoint, run);
  if (options.apart.empty()) {
    drop_apart_report(options.files, options.session.checkpoint);
  } else {
    keep_apart(options.files, options.apart, options.session.checkpoint);
  }
  const PackedTexts texts(options.files, vocabulary, options.session.checkpoint + ".tokens");
  if (texts.view().documents.empty()) throw Failure(options.files.front(), "the texts are empty");
  const PackedTexts held(options.held, vocabulary, options.held_bytes);
  if (!options.resume) begin_run(texts.view(), vocabulary, &run);
  const std::vector<uint8_t> lengths = token_lengths(vocabulary);
  TrainingSession session(options.session, &run, texts.view(), held.view(),
                          file_weights(texts.view(), run.train), lengths);
  session.run(options.resume);
}

}  // namespace

void add_train(CLI::App* app) {
  const auto options = std::make_shared<TrainOptions>();
  SessionOptions& session = options->session;
  CLI::App* command = app->add_subcommand("train", "Trains a network on texts.");
  command->add_option("FILES", options->files, "texts; zero bytes separate documents")->required();
  command->add_option("-o,--output", session.checkpoint, "checkpoint to write, and to resume from")
      ->required();
  command->add_option("-c,--config", options->config,
                      "shape of the network and how to train it: lines of a name and a value");
  command->add_option("-v,--vocabulary", options->vocabulary, "vocabulary file, for a new run");
  command->add_flag("--resume", options->resume, "go on from the checkpoint");
  command->add_option("--minutes", session.minutes,
                      "end after so much training, all sessions together");
  command->add_option("--tokens", session.tokens, "end after so many tokens, if without --minutes");
  command->add_option("--keep-apart", options->apart,
                      "files, and folders of them, that must not be in the texts: nothing is "
                      "learned if they share more than licences and quotations");
  command->add_option("--held", options->held, "texts to measure the network on now and then");
  command->add_option("--held-bytes", options->held_bytes, "bytes of each of those, from its start")
      ->transform(CLI::AsSizeValue(false))
      ->capture_default_str();
  command->add_option("--held-minutes", session.held_minutes, "between such measurements")
      ->capture_default_str();
  command->add_option("--save-minutes", session.save_minutes, "between checkpoints")
      ->capture_default_str();
  command->add_option("--report-seconds", session.report_seconds, "between lines of progress")
      ->capture_default_str();
  command->add_option("-t,--threads", session.threads, "0: one for each processor")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  command->add_option("--precision", options->precision, "of the inputs of matrix products")
      ->check(CLI::IsMember({"auto", "f32", "bf16"}))
      ->capture_default_str();
  command->callback([options] { run_train(*options); });
}

}  // namespace pith::model_cli
