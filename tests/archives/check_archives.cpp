// check_archives DIRECTORY: reads the archives that are kept there, and makes them again. A line
// for each; the status is 0 if all came out as they are. For builds without the test suite
// (tools/cross).
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "archive_list.h"
#include "pith/pith.h"

namespace {

using Bytes = std::vector<uint8_t>;

Bytes kept(const pith::test::Archive& archive, const char* directory) {
  std::ifstream file(std::string(directory) + "/" + file_name(archive), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Bytes decoded(const Bytes& coded, size_t most) {
  Bytes raw(most);
  size_t size = raw.size();
  raw.resize(pith_decompress(raw.data(), &size, coded.data(), coded.size()) == PITH_OK ? size : 0);
  return raw;
}

Bytes encoded(const Bytes& raw, int level) {
  Bytes coded(pith_bound(raw.size()));
  size_t size = coded.size();
  const int status = pith_compress(coded.data(), &size, raw.data(), raw.size(), level);
  coded.resize(status == PITH_OK ? size : 0);
  return coded;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: check_archives DIRECTORY\n", stderr);
    return 1;
  }
  bool good = true;
  for (const pith::test::Archive& archive : pith::test::kArchives) {
    const Bytes text = text_of(archive);
    const Bytes coded = kept(archive, arguments[1]);
    const bool is_read = decoded(coded, text.size()) == text;
    const bool is_made = encoded(text, archive.level) == coded;
    std::printf("%s: %s, %s\n", file_name(archive).c_str(), is_read ? "read" : "READ OTHERWISE",
                is_made ? "made again" : "MADE OTHERWISE");
    std::fflush(stdout);
    good = good && is_read && is_made;
  }
  return good ? 0 : 1;
}
