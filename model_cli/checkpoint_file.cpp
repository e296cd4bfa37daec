#include "model_cli/checkpoint_file.h"

#include <unistd.h>

#include "model/integer_model.h"
#include "model/train/checkpoint.h"
#include "model/train/export.h"
#include "model/vocab/vocabulary_file.h"
#include "model_cli/files.h"
#include "model_cli/packed_files.h"

namespace pith::model_cli {

train::TrainingRun load_checkpoint(const std::string& path) {
  const MappedFile file(path);
  train::TrainingRun run;
  if (const auto error = train::read_checkpoint(file.bytes(), &run); !error.ok()) {
    throw Failure(path, error);
  }
  return run;
}

train::TrainingRun load_network(const std::string& path) {
  const MappedFile file(path);
  if (!model::is_model_file(file.bytes())) return load_checkpoint(path);
  model::IntegerModel model;
  if (const auto error = model::read_model(file.bytes(), &model); !error.ok()) {
    throw Failure(path, error);
  }
  return train::from_integers(model);
}

void keep_checkpoint(const std::string& path, const std::string& name) {
  ::unlink(name.c_str());
  static_cast<void>(::link(path.c_str(), name.c_str()));
}

void save_checkpoint(const std::string& path, const train::TrainingRun& run) {
  const std::vector<uint8_t> content = train::write_checkpoint(run);
  // A link, not a rename: at every moment there is a file of the checkpoint's own name.
  keep_checkpoint(path, path + ".previous");
  write_file(path, content);
}

model::Vocabulary vocabulary_of(const std::string& path, const train::TrainingRun& run) {
  model::Vocabulary vocabulary;
  if (const auto error = model::read_vocabulary(run.vocabulary, &vocabulary); !error.ok()) {
    throw Failure(path, std::string("the vocabulary in it: ") + error.text);
  }
  if (vocabulary.size() != run.config.vocabulary) {
    throw Failure(path, "its vocabulary and its network differ in the number of tokens");
  }
  return vocabulary;
}

std::vector<uint8_t> token_lengths(const model::Vocabulary& vocabulary) {
  std::vector<uint8_t> lengths(vocabulary.size());
  for (size_t i = 0; i < lengths.size(); ++i) {
    lengths[i] = static_cast<uint8_t>(vocabulary.bytes(static_cast<uint16_t>(i)).size());
  }
  return lengths;
}

}  // namespace pith::model_cli
