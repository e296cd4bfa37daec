// make_archives DIRECTORY: writes the archives that are kept beside the tests.
#include <cstdio>
#include <fstream>

#include "archive_list.h"
#include "stream.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: make_archives DIRECTORY\n", stderr);
    return 1;
  }
  for (const pith::test::Archive& archive : pith::test::kArchives) {
    const pith::test::Result coded =
        pith::test::encode(pith::test::text_of(archive), {.level = archive.level});
    const std::string path = arguments[1] + ("/" + pith::test::file_name(archive));
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(coded.bytes.data()),
               static_cast<std::streamsize>(coded.bytes.size()));
    if (coded.status != PITH_END || !file.flush()) {
      std::fprintf(stderr, "make_archives: %s: not made\n", path.c_str());
      return 1;
    }
  }
  return 0;
}
