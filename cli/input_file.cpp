#include "cli/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace pith::cli {
namespace {

// Why a file with this status is skipped; null if it is not. (path: to look for a symbolic link.)
const char* reason_to_skip(const struct stat& status, const InputRules& rules) {
  if (S_ISDIR(status.st_mode)) return "is a directory, skipped (-r goes into directories)";
  if (!S_ISREG(status.st_mode) && !rules.special_files) {
    return "is not a regular file, skipped (-c reads it)";
  }
  if (!rules.remove_source || rules.force) return nullptr;
  if ((status.st_mode & (S_ISUID | S_ISGID)) != 0) {
    return "has a set-user-ID or set-group-ID bit, skipped (-f removes it all the same)";
  }
  if ((status.st_mode & S_ISVTX) != 0) {
    return "has its sticky bit set, skipped (-f removes it all the same)";
  }
  if (status.st_nlink > 1) {
    return "has more than one hard link, skipped (-f removes it all the same)";
  }
  return nullptr;
}

int64_t source_pread(void* opaque, void* dst, size_t size, uint64_t offset) {
  const auto* input = static_cast<const InputFile*>(opaque);
  return input->pread({static_cast<uint8_t*>(dst), size}, offset);
}

}  // namespace

std::unique_ptr<InputFile> InputFile::open(const std::string& name, const InputRules& rules,
                                           Messages* messages) {
  std::unique_ptr<InputFile> input(new InputFile());
  input->is_stdin_ = name == "-";
  input->path_ = name;
  input->name_ = input->is_stdin_ ? std::string(kStdinName) : name;
  if (input->is_stdin_) {
    input->fd_ = STDIN_FILENO;
  } else {
    const bool follow = !rules.remove_source || rules.force;
    struct stat before = {};
    const bool plain = ::stat(name.c_str(), &before) == 0 && S_ISREG(before.st_mode);
    // Opening a pipe by mistake must not wait for its other end.
    const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (follow ? 0 : O_NOFOLLOW) |
                      (plain || !rules.special_files ? O_NONBLOCK : 0);
    do {
      input->fd_ = ::open(name.c_str(), flags);
    } while (input->fd_ < 0 && errno == EINTR);
    if (input->fd_ < 0) {
      if (errno == ELOOP && !follow) {
        messages->warning(name, "is a symbolic link, skipped (-f removes it all the same)");
      } else {
        messages->error(name, std::strerror(errno));
      }
      return nullptr;
    }
  }
  if (fstat(input->fd_, &input->status_) != 0) {
    messages->error(input->name_, std::strerror(errno));
    return nullptr;
  }
  InputRules effective = rules;
  if (input->is_stdin_) {
    effective.special_files = true;
    effective.remove_source = false;
  }
  if (const char* reason = reason_to_skip(input->status_, effective)) {
    messages->warning(input->name_, reason);
    return nullptr;
  }
  if (rules.refuse_terminal && isatty(input->fd_) != 0) {
    messages->error(input->name_,
                    "compressed data is not read from a terminal; name a file or use a pipe");
    return nullptr;
  }
  if (input->is_regular()) {
    const off_t position = input->is_stdin_ ? lseek(input->fd_, 0, SEEK_CUR) : 0;
    input->start_ = static_cast<uint64_t>(std::max<off_t>(position, 0));
    const auto end = static_cast<uint64_t>(input->status_.st_size);
    input->size_ = end - std::min(input->start_, end);
  }
  return input;
}

InputFile::~InputFile() {
  if (!is_stdin_ && fd_ >= 0) close(fd_);  // nothing was written: there is nothing to lose
}

bool InputFile::read(std::span<uint8_t> data, size_t* done, const OnInterrupt& on_interrupt,
                     Messages* messages) {
  *done = 0;
  const ssize_t n = read_some(fd_, data, on_interrupt);
  if (n < 0) {
    messages->error(name_, fmt::format("read error: {}", std::strerror(static_cast<int>(-n))));
    return false;
  }
  *done = static_cast<size_t>(n);
  return true;
}

ssize_t InputFile::pread(std::span<uint8_t> data, uint64_t offset) const {
  return pread_full(fd_, data, start_ + offset);
}

pith_source InputFile::source() { return {source_pread, this, size_}; }

void InputFile::remove(bool force, Messages* messages) const {
  if (is_stdin_) return;
  struct stat by_name = {};
  struct stat now = {};
  // With -f a symbolic link is removed in place of the file it leads to.
  const int failed = force ? ::stat(path_.c_str(), &by_name) : ::lstat(path_.c_str(), &by_name);
  if (failed != 0 || by_name.st_dev != status_.st_dev || by_name.st_ino != status_.st_ino) {
    messages->warning(name_, "the name now belongs to another file, which is not removed");
  } else if (fstat(fd_, &now) != 0 || now.st_size != status_.st_size ||
             now.st_mtim.tv_sec != status_.st_mtim.tv_sec ||
             now.st_mtim.tv_nsec != status_.st_mtim.tv_nsec) {
    messages->warning(name_, "has changed while it was read and is not removed");
  } else if (unlink(path_.c_str()) != 0) {
    messages->warning(name_, fmt::format("cannot be removed: {}", std::strerror(errno)));
  }
}

}  // namespace pith::cli
