// Files that are good, damaged or beyond this version of pith in one described way each, and what a
// decoder must say of them (docs/format.md, sections 2 to 5).
#pragma once

#include <string>
#include <vector>

#include "tests/container/stream.h"

namespace pith::test {

struct CorruptFile {
  std::string name;  // good-*, bad-* or unsupported-*, without suffix
  std::string what;  // one line
  Bytes bytes;
  int status = PITH_END;  // of a decoder without priors and models of the user's
  Bytes raw;              // what it gives out until then
};

[[nodiscard]] std::vector<CorruptFile> corrupt_files();

}  // namespace pith::test
