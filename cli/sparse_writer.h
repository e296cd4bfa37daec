// Writes a file and leaves holes where there are long runs of zeros.
#pragma once

#include <cstdint>
#include <span>

#include "cli/fd_io.h"

namespace pith::cli {

class SparseWriter {
 public:
  // holes: the descriptor is at the end of a regular file. Otherwise everything is written.
  SparseWriter(int fd, bool holes) : fd_(fd), holes_(holes) {}

  // Both return 0 or an errno.
  [[nodiscard]] int write(std::span<const uint8_t> data, const OnInterrupt& on_interrupt);
  // Gives the file its full length when it ends in a hole.
  [[nodiscard]] int finish(const OnInterrupt& on_interrupt);

 private:
  [[nodiscard]] int skip(uint64_t bytes) const;

  int fd_;
  bool holes_;
  uint64_t position_ = 0;  // bytes given to write()
  uint64_t pending_ = 0;   // zeros before position_ that are not written yet
};

}  // namespace pith::cli
