#include "cli/sizes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <limits>

namespace pith::cli {
namespace {

// Power of 1024 that a suffix stands for, or -1.
int suffix_power(std::string_view suffix) {
  if (suffix.empty()) return 0;
  const std::string_view rest = suffix.substr(1);
  if (!rest.empty() && rest != "B" && rest != "iB" && rest != "i") return -1;
  switch (suffix[0]) {
    case 'K':
    case 'k':
      return 1;
    case 'M':
    case 'm':
      return 2;
    case 'G':
    case 'g':
      return 3;
    case 'T':
    case 't':
      return 4;
    default:
      return -1;
  }
}

}  // namespace

std::optional<uint64_t> parse_number(std::string_view text) {
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<uint64_t> parse_size(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::optional<uint64_t> number = parse_number(text.substr(0, digits));
  const int power = suffix_power(text.substr(digits));
  if (!number || power < 0) return std::nullopt;
  const int shift = 10 * power;
  if (*number > (std::numeric_limits<uint64_t>::max() >> shift)) return std::nullopt;
  return *number << shift;
}

std::optional<uint64_t> parse_memory(std::string_view text, uint64_t total) {
  if (!text.ends_with('%')) return parse_size(text);
  const std::optional<uint64_t> percent = parse_number(text.substr(0, text.size() - 1));
  if (!percent || *percent < 1 || *percent > 100) return std::nullopt;
  return total / 100 * *percent;
}

std::string format_size(uint64_t bytes) {
  static constexpr std::array<const char*, 6> kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  while (value >= 1023.95 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

uint64_t physical_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_size = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_size <= 0) return uint64_t{1} << 30;  // unknown: assume a small machine
  return static_cast<uint64_t>(pages) * static_cast<uint64_t>(page_size);
}

}  // namespace pith::cli
