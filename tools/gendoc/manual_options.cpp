#include "tools/gendoc/manual_options.h"

#include <string_view>

#include "tools/gendoc/option_text.h"
#include "tools/gendoc/roff.h"

namespace pith::gendoc {
namespace {

std::string tag(const cli::OptionRow& row) {
  const Spellings names = spellings(row);
  if (names.shorts.size() > 1) {  // options that differ in their letter alone, as the levels do
    return roff_bold(names.shorts.front()) + " \\&... " + roff_bold(names.shorts.back());
  }
  const std::string argument = argument_name(row);
  std::string out;
  for (const std::string& name : names.shorts) {
    out += roff_bold(name);
    if (argument_is_optional(row)) {
      out += "[" + roff_italic(argument) + "]";
    } else if (!argument.empty()) {
      out += " " + roff_italic(argument);
    }
  }
  for (const std::string& name : names.longs) {
    if (!out.empty()) out += ", ";
    out += roff_bold(name);
    if (!argument.empty() && !argument_is_optional(row)) out += "=" + roff_italic(argument);
  }
  return out;
}

bool starts_option(std::string_view text, size_t at) {
  if (text[at] != '-' || at + 1 >= text.size()) return false;
  const bool after_word = at > 0 && text[at - 1] != ' ' && text[at - 1] != '(';
  const char next = text[at + 1];
  return !after_word && next != ' ' && next != '"';
}

// A sentence of the table, with the options it mentions in bold.
std::string sentence(std::string_view text) {
  std::string out;
  size_t plain = 0;
  for (size_t i = 0; i < text.size();) {
    if (!starts_option(text, i)) {
      ++i;
      continue;
    }
    out += roff_text(text.substr(plain, i - plain));
    size_t end = text.find_first_of(" ,;:.)", i);
    if (end == std::string_view::npos) end = text.size();
    out += roff_bold(text.substr(i, end - i));
    i = plain = end;
  }
  return out + roff_text(text.substr(plain));
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

}  // namespace

std::string manual_options() {
  std::string out;
  for (const cli::GroupInfo& group : cli::kOptionGroups) {
    out += ".SS " + roff_argument(group.title) + "\n";
    for (const cli::OptionRow& row : cli::kOptions) {
      if (row.group != group.group) continue;
      out += ".TP\n" + tag(row) + "\n";
      out += roff_lines(sentence(capitalised(row.brief)) + ".");
      if (!row.details.empty()) out += roff_lines(sentence(row.details));
    }
  }
  return out;
}

}  // namespace pith::gendoc
