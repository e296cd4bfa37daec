#include "cli/help.h"

#include <fmt/format.h>
#include <pith/pith.h>

#include <algorithm>
#include <string_view>

#include "cli/option_table.h"

namespace pith::cli {
namespace {

constexpr size_t kLineWidth = 79;
constexpr size_t kBriefColumn = 30;
constexpr size_t kDetailsColumn = 8;

constexpr std::string_view kUsage =
    "Usage: pith [OPTION]... [FILE]...\n"
    "Compress or decompress FILEs; standard input to standard output without\n"
    "FILE or when it is \"-\".\n";

constexpr std::string_view kEpilogue =
    "\nSIZE and N of bytes take K, M, G, T or KiB, MiB, ...: powers of 1024.\n"
    "Exit status: 0 fine, 1 error, 2 warning (something was skipped).\n";

constexpr std::string_view kEnvironment =
    "\nEnvironment\n"
    "  PITH_LEVEL, PITH_THREADS and PITH_MEMLIMIT are defaults for -1 to -9, -T\n"
    "  and -M. NO_COLOR turns colours off.\n";

// "  -S, --suffix .SUF"
std::string label(const OptionRow& row) {
  std::string text = "  ";
  if (row.shorts.size() > 1) {
    text += fmt::format("-{} .. -{}", row.shorts.front(), row.shorts.back());
  } else if (!row.shorts.empty()) {
    text += fmt::format("-{}", row.shorts);
    if (row.argument.starts_with('[')) text += row.argument;
  } else {
    text += "  ";
  }
  std::string_view rest = row.longs;
  bool first = true;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(','));
    text += first && row.shorts.empty() ? "  " : ", ";
    text += row.negatable && first ? "--[no-]" : "--";
    text += name;
    first = false;
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  if (!row.argument.empty() && !row.argument.starts_with('[')) {
    text += ' ';
    text += row.argument;
  }
  return text;
}

// Appends text at the given column, broken at spaces. *position: column the cursor is at.
void append_wrapped(std::string* out, std::string_view text, size_t column, size_t position) {
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (position > column && position + 1 + word.size() > kLineWidth) {
      *out += '\n';
      position = 0;
    }
    if (position < column) {
      out->append(column - position, ' ');
      position = column;
    } else if (position > column) {
      *out += ' ';
      ++position;
    }
    *out += word;
    position += word.size();
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  *out += '\n';
}

void append_option(std::string* out, const OptionRow& row, bool with_details) {
  const std::string name = label(row);
  *out += name;
  size_t position = name.size();
  if (position + 2 > kBriefColumn) {
    *out += '\n';
    position = 0;
  }
  append_wrapped(out, row.brief, kBriefColumn, position);
  if (with_details && !row.details.empty()) append_wrapped(out, row.details, kDetailsColumn, 0);
}

std::string help(bool with_details) {
  std::string out(kUsage);
  for (const GroupInfo& group : kOptionGroups) {
    out += '\n';
    out += group.title;
    out += '\n';
    for (const OptionRow& row : kOptions) {
      if (row.group == group.group) append_option(&out, row, with_details);
    }
  }
  out += kEpilogue;
  return out;
}

}  // namespace

std::string short_help() { return help(false); }

std::string long_help() { return help(true) + std::string(kEnvironment); }

std::string version_text() {
  return fmt::format("pith {}\nlibpith {}\n", PITH_VERSION_STRING, pith_version());
}

}  // namespace pith::cli
