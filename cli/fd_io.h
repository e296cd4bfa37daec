// Reading and writing file descriptors completely, whatever the system returns in between.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <span>

namespace pith::cli {

// Called when a signal interrupted a wait (SIGUSR1 asks for a line of progress).
using OnInterrupt = std::function<void()>;

// Reads what one read() gives. Returns the number of bytes (0: end), or
// -errno.
[[nodiscard]] ssize_t read_some(int fd, std::span<uint8_t> data, const OnInterrupt& on_interrupt);

// Reads at offset until data is full or the end. Returns the number of bytes or -errno.
[[nodiscard]] ssize_t pread_full(int fd, std::span<uint8_t> data, uint64_t offset);

// Writes everything. Returns 0 or an errno.
[[nodiscard]] int write_all(int fd, std::span<const uint8_t> data, const OnInterrupt& on_interrupt);

}  // namespace pith::cli
