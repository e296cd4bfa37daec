#include "cli/prior_file.h"

#include "cli/failures.h"

namespace pith::cli {

std::unique_ptr<PriorFile> PriorFile::read(const std::string& name, uint64_t memlimit,
                                           Messages* messages) {
  std::unique_ptr<PriorFile> prior(new PriorFile());
  prior->file_ = WholeFile::read(name, "prior", memlimit, messages);
  if (prior->file_ == nullptr) return nullptr;
  const std::span<const uint8_t> bytes = prior->file_->bytes();
  int status = PITH_OK;
  pith_error error = {};
  prior->prior_ = pith_prior_new(bytes.data(), bytes.size(), nullptr, &status, &error);
  if (prior->prior_ != nullptr) return prior;
  messages->error(name, describe_failure(status, error));
  return nullptr;
}

}  // namespace pith::cli
