#include "archive_list.h"

#include "corpora/generate.h"

namespace pith::test {

std::string file_name(const Archive& archive) {
  return std::to_string(archive.level) + "-" + std::string(archive.kind) + ".pith";
}

std::vector<uint8_t> text_of(const Archive& archive) {
  return corpus::generate(archive.kind, archive.size, 1);
}

}  // namespace pith::test
