#include "cli/standard_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>

#include "cli/fd_io.h"

namespace pith::cli {

void print_standard_output(std::string_view text, Messages* messages) {
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  if (const int error = write_all(STDOUT_FILENO, bytes, [] {})) {
    messages->error(kStdoutName, fmt::format("write error: {}", std::strerror(error)));
  }
}

void close_standard_output(Messages* messages) {
  if (close(STDOUT_FILENO) != 0 && errno != EINTR && errno != EBADF) {
    messages->error(kStdoutName, fmt::format("write error: {}", std::strerror(errno)));
  }
}

void occupy_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free descriptor is fd. Opened the wrong way round, so that using it fails.
    (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace pith::cli
