#include "model_cli/engine_file.h"

#include "model/integer_model.h"
#include "model/vocab/vocabulary_file.h"
#include "model_cli/files.h"

namespace pith::model_cli {

EngineFile load_engine(const std::string& path) {
  EngineFile result;
  result.content = read_file(path);
  model::IntegerModel model;
  if (const auto error = model::read_model(result.content, &model); !error.ok()) {
    throw Failure(path, error);
  }
  result.hash = model::model_hash(result.content);
  result.parameters = model.layout().total;
  if (const auto error = model::read_vocabulary(model.vocabulary, &result.vocabulary);
      !error.ok()) {
    throw Failure(path, std::string("the vocabulary in it: ") + error.text);
  }
  if (result.vocabulary.size() != model.config.vocabulary) {
    throw Failure(path, "its vocabulary and its network differ in the number of tokens");
  }
  if (const auto error = model::Engine::create(model, &result.engine); !error.ok()) {
    throw Failure(path, error.text);
  }
  return result;
}

}  // namespace pith::model_cli
