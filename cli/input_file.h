// An input: a file by name, or standard input.
#pragma once

#include <pith/pith.h>
#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "cli/fd_io.h"
#include "cli/messages.h"

namespace pith::cli {

// What may be read. Follows xz: special files only when output is a stream; links, set-id files and
// the like only when the source is not going to be removed, or with -f.
struct InputRules {
  bool special_files = false;  // devices, pipes
  bool remove_source = false;
  bool force = false;
  bool refuse_terminal = false;  // compressed data is never read from a terminal
};

class InputFile {
 public:
  // name "-" is standard input. Null: not to be read, which has been reported.
  [[nodiscard]] static std::unique_ptr<InputFile> open(const std::string& name,
                                                       const InputRules& rules, Messages* messages);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  [[nodiscard]] const std::string& name() const { return name_; }  // for messages
  [[nodiscard]] bool is_stdin() const { return is_stdin_; }
  [[nodiscard]] bool is_regular() const { return S_ISREG(status_.st_mode); }
  [[nodiscard]] const struct stat& status() const { return status_; }
  // Bytes from where reading began to the end; 0 unless this is a regular file.
  [[nodiscard]] uint64_t size() const { return size_; }

  // As read_some(); reports errors. False on error, *done == 0 at the end.
  [[nodiscard]] bool read(std::span<uint8_t> data, size_t* done, const OnInterrupt& on_interrupt,
                          Messages* messages);
  // Reads at an offset from where reading began; regular files only. Number of bytes or -errno.
  [[nodiscard]] ssize_t pread(std::span<uint8_t> data, uint64_t offset) const;
  // For pith_reader_open() and pith_recover(); lives as long as this object.
  [[nodiscard]] pith_source source();

  // Removes the file, if its name still belongs to the file that was opened and it has not been
  // written to since. Reports why not.
  void remove(bool force, Messages* messages) const;

 private:
  InputFile() = default;

  std::string name_;
  std::string path_;
  int fd_ = -1;
  bool is_stdin_ = false;
  uint64_t start_ =
      0;  // offset where reading begins: standard input may have been read from before
  uint64_t size_ = 0;
  struct stat status_ = {};
};

}  // namespace pith::cli
