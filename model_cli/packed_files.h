// Training texts as tokens, packed once and mapped.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/train/packed_text.h"
#include "model_cli/mapped_file.h"

namespace pith::model_cli {

// Files in tokens of a vocabulary. A file is named by its last path component without extension,
// and its documents are separated by zero bytes.
class PackedTexts {
 public:
  // Packs the whole files into `cache`, or maps that if the files have not changed since it was
  // made. Throws Failure.
  PackedTexts(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary,
              const std::string& cache);
  // In memory; at most `limit` bytes of each file, from its start. Throws Failure.
  PackedTexts(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary,
              uint64_t limit);

  [[nodiscard]] const train::PackedText& view() const { return view_; }

 private:
  std::unique_ptr<MappedFile> mapped_;
  std::vector<uint8_t> packed_;
  train::PackedText view_;
};

}  // namespace pith::model_cli
