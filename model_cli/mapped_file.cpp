#include "model_cli/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

std::string reason(const char* what) {
  return fmt::format("{}: {}", what, std::generic_category().message(errno));
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw Failure(path, reason("cannot open"));
  struct stat status = {};
  void* data = MAP_FAILED;
  if (::fstat(fd, &status) == 0 && status.st_size > 0) {
    size_ = static_cast<size_t>(status.st_size);
    data = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
  }
  const std::string wrong = data == MAP_FAILED ? reason("cannot map") : "";
  ::close(fd);
  if (status.st_size == 0) throw Failure(path, "is empty");
  if (data == MAP_FAILED) throw Failure(path, wrong);
  data_ = static_cast<const uint8_t*>(data);
}

MappedFile::~MappedFile() { ::munmap(const_cast<uint8_t*>(data_), size_); }

}  // namespace pith::model_cli
