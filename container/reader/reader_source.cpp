#include "container/reader/reader_source.h"

#include <algorithm>
#include <limits>

namespace pith::container {
namespace {

Status io_error(const char* text, uint64_t offset, int64_t result) {
  Status status = Status::error(PITH_ERR_IO, text);
  status.offset = offset;
  if (result < 0 && result >= -std::numeric_limits<int>::max()) {
    status.sys_errno = static_cast<int>(-result);
  }
  return status;
}

}  // namespace

Status SourceReader::read(std::span<uint8_t> dst, uint64_t offset) const {
  std::span<const uint8_t> got;
  PITH_TRY(read_some(dst, offset, &got));
  if (got.size() == dst.size()) return {};
  Status status = Status::error(PITH_ERR_TRUNCATED, "the data ends too early");
  status.offset = source_.size;
  return status;
}

Status SourceReader::read_some(std::span<uint8_t> dst, uint64_t offset,
                               std::span<const uint8_t>* got) const {
  const uint64_t available = offset < source_.size ? source_.size - offset : 0;
  const size_t want = static_cast<size_t>(std::min<uint64_t>(dst.size(), available));
  size_t done = 0;
  while (done < want) {
    const int64_t n = source_.pread(source_.opaque, dst.data() + done, want - done, offset + done);
    if (n < 0) return io_error("reading the compressed data failed", offset + done, n);
    if (n == 0)
      return io_error("the compressed data is shorter than it was said to be", offset + done, n);
    if (static_cast<uint64_t>(n) > want - done) {
      return io_error("the read callback returned more bytes than it was asked for", offset + done,
                      0);
    }
    done += static_cast<size_t>(n);
  }
  *got = dst.first(want);
  return {};
}

}  // namespace pith::container
