// A file that appears under its final name only when it is complete.
#pragma once

#include <sys/stat.h>

#include <string>

namespace pith::cli {

// While it exists, a fatal signal removes it (signals.h). Functions return 0 or an errno.
class TempFile {
 public:
  TempFile() = default;
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  ~TempFile() { discard(); }

  // Opens the directory of target, the final name. Only then target_status() may be asked.
  [[nodiscard]] int open_directory(const std::string& target);
  // lstat() of the final name: 0, ENOENT, or another errno, such as ENAMETOOLONG.
  [[nodiscard]] int target_status(struct stat* status) const;
  // Creates the temporary file beside the final name, empty, readable and writable by the owner
  // alone.
  [[nodiscard]] int create();
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] int sync() const;
  // Closes the file and gives it its final name in one step. Without replace: EEXIST if there is
  // one.
  [[nodiscard]] int publish(bool replace);
  // Makes the new name lasting. After publish().
  [[nodiscard]] int sync_directory() const;

 private:
  [[nodiscard]] int rename_without_replacing() const;
  void discard();

  std::string base_;       // final name within its directory
  std::string temporary_;  // empty: there is no file
  int directory_fd_ = -1;
  bool can_sync_directory_ = false;
  int fd_ = -1;
};

}  // namespace pith::cli
