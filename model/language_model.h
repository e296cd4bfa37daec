// A network ready to predict text: its engine, its vocabulary, and the way from text to tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/engine/engine.h"
#include "model/file_error.h"
#include "model/vocab/tokenizer.h"
#include "model/vocab/vocabulary.h"

namespace pith::model {

// Not changed after read(); any number of threads may use one.
class LanguageModel {
 public:
  // Reads an untrusted model file (integer_model.h); it is not referred to afterwards.
  [[nodiscard]] static FileError read(std::span<const uint8_t> file,
                                      std::unique_ptr<const LanguageModel>* result);

  // What names it in a frame: model_hash().
  [[nodiscard]] uint64_t id() const { return id_; }
  [[nodiscard]] const Engine& engine() const { return *engine_; }
  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] const Tokenizer& tokenizer() const { return tokenizer_; }
  // The class of a token.
  [[nodiscard]] uint32_t class_of(uint32_t token) const { return class_of_[token]; }
  // Tokens of the largest class.
  [[nodiscard]] uint32_t largest_class() const { return largest_class_; }

 private:
  LanguageModel(uint64_t id, std::unique_ptr<const Engine> engine, Vocabulary vocabulary);

  uint64_t id_;
  std::unique_ptr<const Engine> engine_;
  Vocabulary vocabulary_;
  Tokenizer tokenizer_;
  std::vector<uint16_t> class_of_;  // [tokens]
  uint32_t largest_class_ = 0;
};

}  // namespace pith::model
