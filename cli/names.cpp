#include "cli/names.h"

#include <algorithm>
#include <array>

namespace pith::cli {
namespace {

constexpr std::string_view kSuffix = ".pith";
constexpr std::string_view kTarSuffix = ".tpith";
constexpr std::string_view kTar = ".tar";

// Formats that are compressed in themselves; compared without regard to case.
constexpr auto kCompressedSuffixes = std::to_array<std::string_view>({
    ".7z",   ".aac",  ".apk",  ".avi",  ".avif", ".br",   ".bz",   ".bz2", ".bz3",  ".cab",
    ".deb",  ".docx", ".epub", ".flac", ".gif",  ".gz",   ".heic", ".jar", ".jpeg", ".jpg",
    ".jxl",  ".lrz",  ".lz",   ".lz4",  ".lzma", ".lzo",  ".m4a",  ".m4v", ".mkv",  ".mov",
    ".mp3",  ".mp4",  ".mpeg", ".mpg",  ".odp",  ".ods",  ".odt",  ".ogg", ".ogv",  ".opus",
    ".png",  ".pptx", ".rar",  ".rpm",  ".rz",   ".snap", ".sz",   ".tbz", ".tbz2", ".tgz",
    ".tlz",  ".txz",  ".tzst", ".webm", ".webp", ".whl",  ".wma",  ".wmv", ".woff", ".woff2",
    ".xlsx", ".xpi",  ".xz",   ".z",    ".zip",  ".zpaq", ".zst",
});

// Whether name consists of something (that is not a directory) and then suffix.
bool ends_in(std::string_view name, std::string_view suffix) {
  return name.size() > suffix.size() && name.ends_with(suffix) &&
         name[name.size() - suffix.size() - 1] != '/';
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace

bool has_own_suffix(std::string_view name, std::string_view suffix) {
  return ends_in(name, kSuffix) || ends_in(name, kTarSuffix) ||
         (!suffix.empty() && ends_in(name, suffix));
}

std::string compressed_name(std::string_view name, std::string_view suffix) {
  return std::string(name) + std::string(suffix.empty() ? kSuffix : suffix);
}

std::optional<std::string> decompressed_name(std::string_view name, std::string_view suffix) {
  if (!suffix.empty() && ends_in(name, suffix)) {
    return std::string(name.substr(0, name.size() - suffix.size()));
  }
  if (ends_in(name, kSuffix)) return std::string(name.substr(0, name.size() - kSuffix.size()));
  if (ends_in(name, kTarSuffix)) {
    return std::string(name.substr(0, name.size() - kTarSuffix.size())) + std::string(kTar);
  }
  return std::nullopt;
}

bool is_compressed_name(std::string_view name, std::string_view suffix) {
  if (has_own_suffix(name, suffix)) return true;
  const std::string lowered = lower(name);
  return std::any_of(kCompressedSuffixes.begin(), kCompressedSuffixes.end(),
                     [&](std::string_view known) { return ends_in(lowered, known); });
}

}  // namespace pith::cli
