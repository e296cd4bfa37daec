// What the generators say about the rows of the program's option table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.h"

namespace pith::gendoc {

// All spellings of an option without its argument: {"-o", "--output"}, {"--sparse", "--no-sparse"}.
struct Spellings {
  std::vector<std::string> shorts;
  std::vector<std::string> longs;
};

[[nodiscard]] inline Spellings spellings(const cli::OptionRow& row) {
  Spellings out;
  for (const char letter : row.shorts) out.shorts.push_back(std::string("-") + letter);
  for (std::string_view rest = row.longs; !rest.empty();) {
    const size_t comma = rest.find(',');
    out.longs.push_back("--" + std::string(rest.substr(0, comma)));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  if (row.negatable) out.longs.push_back("--no-" + out.longs.front().substr(2));
  return out;
}

// Whether the argument may be left out; it follows the letter directly then, and the long name
// takes none.
[[nodiscard]] inline bool argument_is_optional(const cli::OptionRow& row) {
  return row.argument.starts_with('[');
}

// "[LEVEL]" -> "LEVEL".
[[nodiscard]] inline std::string argument_name(const cli::OptionRow& row) {
  std::string_view name = row.argument;
  if (argument_is_optional(row)) name = name.substr(1, name.size() - 2);
  return std::string(name);
}

}  // namespace pith::gendoc
