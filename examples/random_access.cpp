// Prints a range of the raw bytes of a .pith file, decoding only the blocks that hold it.
//
//     random_access FILE OFFSET LENGTH
//
// Shows the C++ interface: objects that free themselves, errors as values, and a source that is any
// function.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <pith/pith.hpp>
#include <span>
#include <string_view>

namespace {

// Closes the descriptor when it goes out of scope.
class File {
 public:
  explicit File(const char* name) : fd_(open(name, O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

int fail(const char* what, const char* why) {
  std::fprintf(stderr, "random_access: %s: %s\n", what, why);
  return 1;
}

bool parse(std::string_view text, uint64_t* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size();
}

// pread() as pith wants it: bytes read, or a negative errno.
int64_t read_at(int fd, std::span<std::byte> dst, uint64_t offset) {
  for (;;) {
    const ssize_t n = pread(fd, dst.data(), dst.size(), static_cast<off_t>(offset));
    if (n >= 0) return n;
    if (errno != EINTR) return -errno;
  }
}

int print_range(pith::Reader& reader, const char* name, uint64_t offset, uint64_t length) {
  std::array<std::byte, 65536> buffer;
  while (length > 0) {
    const size_t want = static_cast<size_t>(std::min<uint64_t>(length, buffer.size()));
    const pith::Result<size_t> got = reader.read(std::span(buffer).first(want), offset);
    if (!got) return fail(name, got.error().message());
    if (*got == 0) break;  // the data ends before the range does
    if (std::fwrite(buffer.data(), 1, *got, stdout) != *got) {
      return fail("standard output", std::strerror(errno));
    }
    offset += *got;
    length -= *got;
  }
  return std::fflush(stdout) == 0 ? 0 : fail("standard output", std::strerror(errno));
}

}  // namespace

int main(int argc, char** argv) {
  uint64_t offset = 0;
  uint64_t length = 0;
  if (argc != 4 || !parse(argv[2], &offset) || !parse(argv[3], &length)) {
    std::fprintf(stderr, "usage: random_access FILE OFFSET LENGTH\n");
    return 2;
  }
  const char* name = argv[1];
  const File file(name);
  struct stat info {};
  if (file.fd() < 0 || fstat(file.fd(), &info) != 0) return fail(name, std::strerror(errno));

  pith::Source source;
  source.size = static_cast<uint64_t>(info.st_size);
  source.read_at = [&file](std::span<std::byte> dst, uint64_t at) {
    return read_at(file.fd(), dst, at);
  };
  pith::Result<pith::Reader> reader = pith::Reader::open(std::move(source));
  if (!reader) return fail(name, reader.error().message());
  return print_range(*reader, name, offset, length);
}
