#include "cli/inputs.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/fd_io.h"

namespace pith::cli {
namespace {

using Visit = std::function<void(const InputName&)>;

std::string_view base_name(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);
}

bool is_directory(const std::string& path, bool follow) {
  struct stat status = {};
  const int failed = follow ? stat(path.c_str(), &status) : lstat(path.c_str(), &status);
  return failed == 0 && S_ISDIR(status.st_mode);
}

bool is_regular(const std::string& path) {
  struct stat status = {};
  return lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

// All names in a directory, sorted, read before any is visited: new files appear while they are.
std::optional<std::vector<std::string>> read_directory(const std::string& path,
                                                       Messages* messages) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(path.c_str()), closedir);
  if (directory == nullptr) {
    messages->error(path, std::strerror(errno));
    return std::nullopt;
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) messages->error(path, std::strerror(errno));
  std::sort(names.begin(), names.end());
  return names;
}

void walk(const InputName& directory, Messages* messages, const Visit& visit) {
  const auto names = read_directory(directory.path, messages);
  if (!names) return;
  for (const std::string& name : *names) {
    InputName input;
    input.path =
        directory.path.ends_with('/') ? directory.path + name : directory.path + "/" + name;
    input.place = directory.place.empty() ? name : directory.place + "/" + name;
    if (is_directory(input.path, false)) {
      walk(input, messages, visit);
    } else if (is_regular(input.path)) {
      visit(input);
    } else {
      messages->detail(1, input.path, "is a link or a special file, left out");
    }
  }
}

void visit_name(const std::string& path, const Options& options, Messages* messages,
                const Visit& visit) {
  InputName input = {path, std::string(base_name(path))};
  if (options.recursive && path != "-" && is_directory(path, true)) {
    if (input.place == "." || input.place == "..") input.place.clear();
    walk(input, messages, visit);
  } else {
    visit(input);
  }
}

std::optional<std::string> read_whole(const std::string& name, Messages* messages) {
  const bool standard_input = name == "-";
  const std::string shown = standard_input ? std::string(kStdinName) : name;
  const int fd = standard_input ? STDIN_FILENO : open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    messages->error(shown, std::strerror(errno));
    return std::nullopt;
  }
  std::string content;
  std::array<uint8_t, 65536> buffer{};
  ssize_t n = 0;
  while ((n = read_some(fd, buffer, [] {})) > 0) {
    content.append(reinterpret_cast<const char*>(buffer.data()), static_cast<size_t>(n));
  }
  if (!standard_input) close(fd);
  if (n < 0) {
    messages->error(shown, fmt::format("read error: {}", std::strerror(static_cast<int>(-n))));
    return std::nullopt;
  }
  return content;
}

void visit_list(const Options& options, Messages* messages, const Visit& visit) {
  messages->begin_file();
  const std::optional<std::string> content = read_whole(options.files_from, messages);
  if (!content) return;
  const char separator = options.files_from_zero ? '\0' : '\n';
  if (separator == '\n' && content->find('\0') != std::string::npos) {
    messages->error(options.files_from, "has zero bytes in it; --files0-from reads such a list");
    return;
  }
  std::string_view rest = *content;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(separator));
    // In a list "-" is a name like any other.
    if (!name.empty())
      visit_name(name == "-" ? "./-" : std::string(name), options, messages, visit);
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
}

}  // namespace

void for_each_input(const Options& options, Messages* messages, const Visit& visit) {
  for (const std::string& name : options.files) visit_name(name, options, messages, visit);
  if (!options.files_from.empty()) visit_list(options, messages, visit);
}

}  // namespace pith::cli
