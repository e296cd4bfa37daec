#include "cli/fd_io.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace pith::cli {
namespace {

// Somebody who shares the descriptor may have made it non-blocking.
void wait_until(int fd, short events) {
  pollfd entry = {fd, events, 0};
  (void)poll(&entry, 1, -1);
}

}  // namespace

ssize_t read_some(int fd, std::span<uint8_t> data, const OnInterrupt& on_interrupt) {
  for (;;) {
    const ssize_t n = ::read(fd, data.data(), data.size());
    if (n >= 0) return n;
    if (errno == EINTR) {
      on_interrupt();
    } else if (errno == EAGAIN) {
      wait_until(fd, POLLIN);
    } else {
      return -errno;
    }
  }
}

ssize_t pread_full(int fd, std::span<uint8_t> data, uint64_t offset) {
  size_t done = 0;
  while (done < data.size()) {
    const ssize_t n =
        ::pread(fd, data.data() + done, data.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -errno;
    if (n == 0) break;
    done += static_cast<size_t>(n);
  }
  return static_cast<ssize_t>(done);
}

int write_all(int fd, std::span<const uint8_t> data, const OnInterrupt& on_interrupt) {
  while (!data.empty()) {
    const ssize_t n = ::write(fd, data.data(), data.size());
    if (n >= 0) {
      data = data.subspan(static_cast<size_t>(n));
    } else if (errno == EINTR) {
      on_interrupt();
    } else if (errno == EAGAIN) {
      wait_until(fd, POLLOUT);
    } else {
      return errno;
    }
  }
  return 0;
}

}  // namespace pith::cli
