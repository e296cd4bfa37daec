// Checkpoints on disk.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/train/training_run.h"
#include "model/vocab/vocabulary.h"

namespace pith::model_cli {

// Throws Failure.
[[nodiscard]] train::TrainingRun load_checkpoint(const std::string& path);

// A checkpoint, or a model file as a run that can be evaluated. Throws Failure.
[[nodiscard]] train::TrainingRun load_network(const std::string& path);

// Replaces the checkpoint in one step; the one before it stays as PATH.previous. When this throws
// Failure (a full disk), the old checkpoint is as it was.
void save_checkpoint(const std::string& path, const train::TrainingRun& run);

// Keeps a checkpoint as it is now under another name too; later ones replace it under its own name
// alone. On a file system without links it is not kept.
void keep_checkpoint(const std::string& path, const std::string& name);

// The vocabulary of a run; path names the run's file in a Failure.
[[nodiscard]] model::Vocabulary vocabulary_of(const std::string& path,
                                              const train::TrainingRun& run);

// Bytes of each token.
[[nodiscard]] std::vector<uint8_t> token_lengths(const model::Vocabulary& vocabulary);

}  // namespace pith::model_cli
