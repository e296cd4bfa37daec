#include "model_cli/packed_files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

std::string reason(const char* what) {
  return fmt::format("{}: {}", what, std::generic_category().message(errno));
}

// "books" of "texts/books.txt".
std::string short_name(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

std::vector<uint8_t> pack_files(const std::vector<std::string>& paths,
                                const model::Vocabulary& vocabulary, uint64_t limit, uint64_t key) {
  train::TextPacker packer(vocabulary);
  for (const std::string& path : paths) {
    const std::vector<uint8_t> text = read_file(path);
    packer.add(short_name(path), std::span(text).first(std::min<size_t>(limit, text.size())));
  }
  return packer.finish(key);
}

// What tells whether files that were packed have changed: names, sizes, times, vocabulary.
uint64_t files_key(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary) {
  std::string facts = fmt::format("{:016x}", vocabulary.hash());
  for (const std::string& path : paths) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) throw Failure(path, reason("cannot open"));
    facts += fmt::format("\n{} {} {}.{}", path, status.st_size, status.st_mtim.tv_sec,
                         status.st_mtim.tv_nsec);
  }
  return XXH3_64bits(facts.data(), facts.size());
}

}  // namespace

PackedTexts::PackedTexts(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary,
                         const std::string& cache) {
  const uint64_t key = files_key(paths, vocabulary);
  const auto map = [&] {
    mapped_ = std::make_unique<MappedFile>(cache);
    return train::view_packed_text(mapped_->bytes(), vocabulary.size(), &view_) && view_.key == key;
  };
  if (std::filesystem::exists(cache) && map()) return;
  write_file(cache, pack_files(paths, vocabulary, ~uint64_t{0}, key));
  if (!map()) throw Failure(cache, "changed while it was read");
}

PackedTexts::PackedTexts(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary,
                         uint64_t limit)
    : packed_(pack_files(paths, vocabulary, limit, 0)) {
  if (!train::view_packed_text(packed_, vocabulary.size(), &view_)) {
    throw std::logic_error("packed texts cannot be read back");
  }
}

}  // namespace pith::model_cli
