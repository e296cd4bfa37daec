#include "cli/whole_file.h"

#include <fmt/format.h>

#include <cstring>

#include "cli/input_file.h"
#include "cli/sizes.h"

namespace pith::cli {

std::unique_ptr<WholeFile> WholeFile::read(const std::string& name, std::string_view what,
                                           uint64_t memlimit, Messages* messages) {
  const auto input = InputFile::open(name, InputRules{}, messages);
  if (input == nullptr) return nullptr;
  const uint64_t size = input->size();
  if (memlimit != 0 && size > memlimit) {
    messages->error(name, fmt::format("the {} takes {} of memory, the limit is {}", what,
                                      format_size(size), format_size(memlimit)));
    return nullptr;
  }
  std::unique_ptr<WholeFile> file(new WholeFile());
  file->data_.resize(static_cast<size_t>(size / sizeof(Line) + 1));
  const ssize_t done = input->pread({file->data_.front().bytes, static_cast<size_t>(size)}, 0);
  if (done < 0) {
    messages->error(name, fmt::format("read error: {}", std::strerror(static_cast<int>(-done))));
    return nullptr;
  }
  file->size_ = static_cast<size_t>(done);
  return file;
}

}  // namespace pith::cli
