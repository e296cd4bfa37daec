// Model files as engines.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/engine/engine.h"
#include "model/vocab/vocabulary.h"

namespace pith::model_cli {

struct EngineFile {
  std::vector<uint8_t> content;  // what the engine's weights lie in
  uint64_t hash = 0;             // the model's name
  size_t parameters = 0;
  model::Vocabulary vocabulary;
  std::unique_ptr<const model::Engine> engine;
};

// Throws Failure if the file is no model, or not one that can be computed.
[[nodiscard]] EngineFile load_engine(const std::string& path);

}  // namespace pith::model_cli
