// A model of the user's own, read into memory.
#pragma once

#include <pith/pith.h>

#include <cstdint>
#include <memory>
#include <string>

#include "cli/messages.h"
#include "cli/whole_file.h"

namespace pith::cli {

class ModelFile {
 public:
  // Null after a report. memlimit: bytes, 0 for none.
  [[nodiscard]] static std::unique_ptr<ModelFile> read(const std::string& name, uint64_t memlimit,
                                                       Messages* messages);
  ModelFile(const ModelFile&) = delete;
  ModelFile& operator=(const ModelFile&) = delete;
  ~ModelFile() { pith_model_free(model_); }

  [[nodiscard]] const pith_model* model() const { return model_; }

 private:
  ModelFile() = default;

  std::unique_ptr<WholeFile> file_;
  pith_model* model_ = nullptr;
};

}  // namespace pith::cli
