#include "cli/model_search.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>

namespace pith::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".pithmodel";

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// The model files in a directory, by name. A directory that cannot be read has none.
std::vector<fs::path> models_in(const std::string& directory) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == kExtension && is_file(entry->path())) {
      paths.push_back(entry->path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The last eight bytes of a file, as a little-endian number.
std::optional<uint64_t> id_of(const fs::path& path) {
  std::array<char, 8> bytes{};
  std::ifstream file(path, std::ios::binary);
  if (!file.seekg(-static_cast<std::streamoff>(bytes.size()), std::ios::end) ||
      !file.read(bytes.data(), bytes.size())) {
    return std::nullopt;
  }
  uint64_t id = 0;
  for (size_t i = bytes.size(); i-- > 0;) id = id << 8 | static_cast<uint8_t>(bytes[i]);
  return id;
}

}  // namespace

std::vector<std::string> model_directories() {
  std::vector<std::string> directories;
  const passwd* user = ::getpwuid(::getuid());
  if (user != nullptr && user->pw_dir != nullptr && user->pw_dir[0] == '/') {
    directories.push_back(fs::path(user->pw_dir) / ".local/share/pith/models");
  }
  directories.emplace_back(PITH_MODEL_DIRECTORY);
  return directories;
}

std::string find_model_by_name(std::span<const std::string> directories, std::string_view name) {
  for (const std::string& directory : directories) {
    const fs::path path = fs::path(directory) / (std::string(name) + std::string(kExtension));
    if (is_file(path)) return path;
  }
  return {};
}

std::string find_model_by_id(std::span<const std::string> directories, uint64_t id) {
  for (const std::string& directory : directories) {
    for (const fs::path& path : models_in(directory)) {
      if (id_of(path) == id) return path;
    }
  }
  return {};
}

}  // namespace pith::cli
