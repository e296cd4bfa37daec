#include "cli/model_file.h"

#include "cli/failures.h"

namespace pith::cli {

std::unique_ptr<ModelFile> ModelFile::read(const std::string& name, uint64_t memlimit,
                                           Messages* messages) {
  std::unique_ptr<ModelFile> model(new ModelFile());
  model->file_ = WholeFile::read(name, "model", memlimit, messages);
  if (model->file_ == nullptr) return nullptr;
  const std::span<const uint8_t> bytes = model->file_->bytes();
  int status = PITH_OK;
  pith_error error = {};
  model->model_ = pith_model_new(bytes.data(), bytes.size(), nullptr, &status, &error);
  if (model->model_ != nullptr) return model;
  messages->error(name, describe_failure(status, error));
  return nullptr;
}

}  // namespace pith::cli
