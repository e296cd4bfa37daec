#include "cli/prior_file.h"

#include <fmt/format.h>

#include <cstring>
#include <span>

#include "cli/failures.h"
#include "cli/input_file.h"
#include "cli/sizes.h"

namespace pith::cli {

std::unique_ptr<PriorFile> PriorFile::read(const std::string& name, uint64_t memlimit,
                                           Messages* messages) {
  const auto input = InputFile::open(name, InputRules{}, messages);
  if (input == nullptr) return nullptr;
  const uint64_t size = input->size();
  if (memlimit != 0 && size > memlimit) {
    messages->error(name, fmt::format("the prior takes {} of memory, the limit is {}",
                                      format_size(size), format_size(memlimit)));
    return nullptr;
  }
  std::unique_ptr<PriorFile> file(new PriorFile());
  file->data_.resize(static_cast<size_t>(size / sizeof(Line) + 1));
  const std::span<uint8_t> bytes(file->data_.front().bytes, static_cast<size_t>(size));
  const ssize_t done = input->pread(bytes, 0);
  if (done < 0) {
    messages->error(name, fmt::format("read error: {}", std::strerror(static_cast<int>(-done))));
    return nullptr;
  }
  int status = PITH_OK;
  pith_error error = {};
  file->prior_ = pith_prior_new(bytes.data(), static_cast<size_t>(done), nullptr, &status, &error);
  if (file->prior_ != nullptr) return file;
  messages->error(name, describe_failure(status, error));
  return nullptr;
}

}  // namespace pith::cli
