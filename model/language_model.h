// A network ready to predict text: its engine and its vocabulary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/engine/engine.h"
#include "model/file_error.h"
#include "model/vocab/vocabulary.h"

namespace pith::model {

// Not changed after read(); any number of threads may use one.
class LanguageModel {
 public:
  // Reads an untrusted model file (integer_model.h), and keeps it.
  [[nodiscard]] static FileError read(std::vector<uint8_t> file,
                                      std::unique_ptr<const LanguageModel>* result);
  // The same of a file in memory that outlives the result.
  [[nodiscard]] static FileError read_in_place(std::span<const uint8_t> file,
                                               std::unique_ptr<const LanguageModel>* result);

  // What names it in a frame: model_hash().
  [[nodiscard]] uint64_t id() const { return id_; }
  [[nodiscard]] const Engine& engine() const { return *engine_; }
  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  // The class of a token.
  [[nodiscard]] uint32_t class_of(uint32_t token) const { return class_of_[token]; }
  // Tokens of the largest class.
  [[nodiscard]] uint32_t largest_class() const { return largest_class_; }

 private:
  LanguageModel(uint64_t id, std::unique_ptr<const Engine> engine, Vocabulary vocabulary,
                std::vector<uint8_t> file);
  static FileError read(std::span<const uint8_t> file, std::vector<uint8_t> kept,
                        std::unique_ptr<const LanguageModel>* result);

  uint64_t id_;
  std::vector<uint8_t> file_;  // what weights lie in, if it is not elsewhere
  std::unique_ptr<const Engine> engine_;
  Vocabulary vocabulary_;
  std::vector<uint16_t> class_of_;  // [tokens]
  uint32_t largest_class_ = 0;
};

}  // namespace pith::model
