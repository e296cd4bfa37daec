// make_corrupt_files DIRECTORY: writes the files, NAME.pith, and a README with a line for each:
// name, status of the decoder, bytes it gives out, what is in it. DIRECTORY must be there.
#include <cstdio>
#include <fstream>
#include <string>

#include "corrupt_files.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: make_corrupt_files DIRECTORY\n", stderr);
    return 1;
  }
  const std::string directory = arguments[1];
  std::ofstream readme(directory + "/README");
  for (const pith::test::CorruptFile& file : pith::test::corrupt_files()) {
    std::ofstream out(directory + "/" + file.name + ".pith", std::ios::binary);
    out.write(reinterpret_cast<const char*>(file.bytes.data()),
              static_cast<std::streamsize>(file.bytes.size()));
    readme << file.name << ".pith\t" << pith_status_name(file.status) << '\t' << file.raw.size()
           << '\t' << file.what << '\n';
    if (!out.flush()) {
      std::fprintf(stderr, "make_corrupt_files: %s: not made\n", file.name.c_str());
      return 1;
    }
  }
  return readme.flush() ? 0 : 1;
}
