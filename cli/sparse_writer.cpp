#include "cli/sparse_writer.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace pith::cli {
namespace {

constexpr uint64_t kHoleUnit = 4096;  // bytes: the block size of most file systems

bool all_zero(std::span<const uint8_t> data) {
  return std::all_of(data.begin(), data.end(), [](uint8_t byte) { return byte == 0; });
}

}  // namespace

int SparseWriter::skip(uint64_t bytes) const {
  return lseek(fd_, static_cast<off_t>(bytes), SEEK_CUR) < 0 ? errno : 0;
}

int SparseWriter::write(std::span<const uint8_t> data, const OnInterrupt& on_interrupt) {
  if (!holes_) return write_all(fd_, data, on_interrupt);
  size_t begin = 0;  // of what is to be written
  size_t end = 0;
  const auto write_out = [&]() -> int {
    if (end == begin) return 0;
    if (pending_ > 0) {
      if (const int error = skip(pending_)) return error;
      pending_ = 0;
    }
    return write_all(fd_, data.subspan(begin, end - begin), on_interrupt);
  };
  while (end < data.size()) {
    const auto size = static_cast<size_t>(
        std::min<uint64_t>(kHoleUnit - position_ % kHoleUnit, data.size() - end));
    position_ += size;
    if (size == kHoleUnit && all_zero(data.subspan(end, size))) {
      if (const int error = write_out()) return error;
      pending_ += size;
      end += size;
      begin = end;
    } else {
      end += size;
    }
  }
  return write_out();
}

int SparseWriter::finish(const OnInterrupt& on_interrupt) {
  if (pending_ == 0) return 0;
  if (const int error = skip(pending_ - 1)) return error;
  pending_ = 0;
  const uint8_t zero = 0;
  return write_all(fd_, {&zero, 1}, on_interrupt);
}

}  // namespace pith::cli
