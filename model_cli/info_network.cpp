#include "model_cli/info_network.h"

#include <fmt/format.h>

#include "model/integer_model.h"
#include "model/vocab/vocabulary_file.h"
#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

// Rows of a class if all classes were as likely as they are large.
double mean_class_rows(const model::ClassCut& cut) {
  return static_cast<double>(cut.begin.back()) / cut.classes();
}

}  // namespace

void print_shape(const model::NetworkConfig& config, const model::ClassCut& cut,
                 size_t parameters) {
  fmt::print("blocks       {} of width {}, feed-forward {}\n", config.blocks, config.width,
             config.feed_forward);
  fmt::print("tokens       {} in {} classes\n", config.vocabulary, cut.classes());
  fmt::print("n-grams      2 tables of {} rows of {}\n", config.ngram_rows, config.ngram_width);
  fmt::print("parameters   {}\n", parameters);
  fmt::print("products     {:.0f} multiply-adds a token\n",
             model::multiply_adds(config, mean_class_rows(cut)));
}

void show_model(const std::string& path, std::span<const uint8_t> file) {
  model::IntegerModel model;
  if (const model::FileError error = model::read_model(file, &model); !error.ok()) {
    throw Failure(path, error);
  }
  model::Vocabulary vocabulary;
  if (const auto error = model::read_vocabulary(model.vocabulary, &vocabulary); !error.ok()) {
    throw Failure(path, std::string("the vocabulary in it: ") + error.text);
  }
  fmt::print("model        {:016x}\n", model::model_hash(file));
  fmt::print("vocabulary   {:016x}\n", vocabulary.hash());
  fmt::print("file         {} bytes\n", file.size());
  print_shape(model.config, model.cut, model.layout().total);
}

}  // namespace pith::model_cli
