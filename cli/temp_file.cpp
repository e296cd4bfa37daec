#include "cli/temp_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>

#include "cli/signals.h"

namespace pith::cli {
namespace {

constexpr int kCreateAttempts = 100;

// O_EXCL keeps even a name that can be guessed safe.
std::string random_name() {
  static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz234567";
  uint64_t bits = 0;
  if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) != static_cast<ssize_t>(sizeof bits)) {
    bits = static_cast<uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) ^
           static_cast<uint64_t>(getpid()) << 40;
  }
  std::string name = ".pith-";
  for (int i = 0; i < 12; ++i) name += kLetters[bits >> (5 * i) & 31];
  return name + ".tmp";
}

// What file systems answer that cannot do this at all.
bool unsupported(int error) {
  return error == EINVAL || error == ENOSYS || error == EPERM || error == ENOTSUP ||
         error == EMLINK;
}

}  // namespace

int TempFile::open_directory(const std::string& target) {
  const size_t slash = target.rfind('/');
  base_ = slash == std::string::npos ? target : target.substr(slash + 1);
  // "name", "/name", "a/name"
  const std::string directory =
      slash == std::string::npos ? "." : target.substr(0, std::max<size_t>(slash, 1));
  if (base_.empty() || base_ == "." || base_ == "..") return EISDIR;
  directory_fd_ = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  can_sync_directory_ = directory_fd_ >= 0;
  if (directory_fd_ < 0 && errno == EACCES) {  // may be written to all the same
    directory_fd_ = ::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  }
  return directory_fd_ < 0 ? errno : 0;
}

int TempFile::target_status(struct stat* status) const {
  return fstatat(directory_fd_, base_.c_str(), status, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

int TempFile::create() {
  for (int attempt = 0; attempt < kCreateAttempts; ++attempt) {
    temporary_ = random_name();
    register_temporary_file(directory_fd_, temporary_.c_str());
    fd_ = openat(directory_fd_, temporary_.c_str(),
                 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd_ >= 0) return 0;
    const int error = errno;
    unregister_temporary_file();
    temporary_.clear();
    if (error != EEXIST && error != EINTR) return error;
  }
  return EEXIST;
}

int TempFile::sync() const {
  while (fsync(fd_) != 0) {
    if (errno == EINTR) continue;
    if (errno == EINVAL || errno == ENOTSUP) return 0;  // this file system has nothing to wait for
    return errno;
  }
  return 0;
}

int TempFile::rename_without_replacing() const {
  const char* from = temporary_.c_str();
  const char* to = base_.c_str();
  if (renameat2(directory_fd_, from, directory_fd_, to, RENAME_NOREPLACE) == 0) return 0;
  if (!unsupported(errno)) return errno;
  // A hard link does not replace either.
  if (linkat(directory_fd_, from, directory_fd_, to, 0) == 0) {
    unlinkat(directory_fd_, from, 0);
    return 0;
  }
  if (!unsupported(errno)) return errno;
  // Neither is known here: look, then rename.
  struct stat status = {};
  const int error = target_status(&status);
  if (error == 0) return EEXIST;
  if (error != ENOENT) return error;
  return renameat(directory_fd_, from, directory_fd_, to) == 0 ? 0 : errno;
}

int TempFile::publish(bool replace) {
  const int fd = fd_;
  fd_ = -1;
  if (close(fd) != 0 && errno != EINTR) return errno;  // NFS and quotas report late
  int error = 0;
  if (replace) {
    if (renameat(directory_fd_, temporary_.c_str(), directory_fd_, base_.c_str()) != 0) {
      error = errno;
    }
  } else {
    error = rename_without_replacing();
  }
  if (error != 0) return error;
  unregister_temporary_file();
  temporary_.clear();
  return 0;
}

int TempFile::sync_directory() const {
  if (!can_sync_directory_) return 0;
  while (fsync(directory_fd_) != 0) {
    if (errno == EINTR) continue;
    if (errno == EINVAL || errno == ENOTSUP) return 0;
    return errno;
  }
  return 0;
}

void TempFile::discard() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  if (!temporary_.empty()) {
    unlinkat(directory_fd_, temporary_.c_str(), 0);
    unregister_temporary_file();
    temporary_.clear();
  }
  if (directory_fd_ >= 0) close(directory_fd_);
  directory_fd_ = -1;
}

}  // namespace pith::cli
