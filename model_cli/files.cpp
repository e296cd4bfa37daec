#include "model_cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace pith::model_cli {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what, int error) {
  throw Failure(path, fmt::format("{}: {}", what, std::generic_category().message(error)));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  // Returns 0 or an errno: some file systems tell of a failed write only now.
  [[nodiscard]] int close() {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int fd_;
};

// A name that goes away unless it is kept.
class TemporaryName {
 public:
  explicit TemporaryName(std::string name) : name_(std::move(name)) {}
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
  ~TemporaryName() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  [[nodiscard]] const std::string& get() const { return name_; }
  void keep() { name_.clear(); }

 private:
  std::string name_;
};

void write_all(int fd, std::span<const uint8_t> bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path, "cannot write", errno);
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
}

}  // namespace

Failure::Failure(const std::string& file, const std::string& text)
    : std::runtime_error(file + ": " + text) {}

Failure::Failure(const std::string& file, const model::FileError& error)
    : std::runtime_error(fmt::format("{}: {} (at byte {})", file, error.text, error.offset)) {}

size_t file_size(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) fail(path, "cannot open", errno);
  if (!S_ISREG(status.st_mode)) throw Failure(path, "not a regular file");
  return static_cast<size_t>(status.st_size);
}

std::vector<uint8_t> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) fail(path, "cannot open", errno);
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) fail(path, "cannot read", errno);
  std::vector<uint8_t> content;
  if (S_ISREG(status.st_mode)) content.reserve(static_cast<size_t>(status.st_size) + 1);
  for (;;) {
    const size_t size = content.size();
    content.resize(std::max(content.capacity(), size + (size_t{1} << 16)));
    const ssize_t n = ::read(file.get(), content.data() + size, content.size() - size);
    const int error = errno;
    content.resize(size + static_cast<size_t>(n < 0 ? 0 : n));
    if (n == 0) return content;
    if (n < 0 && error != EINTR) fail(path, "cannot read", error);
  }
}

void write_file(const std::string& path, std::span<const uint8_t> content) {
  std::string name = path + ".XXXXXX";
  Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.get() < 0) fail(path, "cannot create", errno);
  TemporaryName temporary(name);
  write_all(file.get(), content, path);
  // mkostemp() keeps the file to its owner; a file made by open() would have these.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file.get(), 0666 & ~mask) != 0) fail(path, "cannot set permissions", errno);
  if (::fsync(file.get()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    fail(path, "cannot write", errno);
  }
  if (const int error = file.close(); error != 0) fail(path, "cannot write", error);
  if (::rename(temporary.get().c_str(), path.c_str()) != 0) fail(path, "cannot create", errno);
  temporary.keep();
}

}  // namespace pith::model_cli
