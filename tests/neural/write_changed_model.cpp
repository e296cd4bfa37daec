// Writes a model that is not built in: write_changed_model WHICH >FILE.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/neural/changed_model.h"

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  const std::vector<uint8_t> file =
      pith::test::changed_model_file(std::strtoul(argv[1], nullptr, 10));
  if (file.empty()) return 1;
  const bool written = std::fwrite(file.data(), 1, file.size(), stdout) == file.size();
  return std::fclose(stdout) == 0 && written ? 0 : 1;
}
