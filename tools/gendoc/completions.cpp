#include "tools/gendoc/completions.h"

#include <string_view>

#include "tools/gendoc/option_text.h"

namespace pith::gendoc {
namespace {

constexpr std::string_view kHead =
    "# Made from cli/option_table.h by tools/gendoc; change it there.\n";

void append_joined(const std::vector<std::string>& words, std::string_view separator,
                   std::string* out) {
  for (const std::string& word : words) {
    if (!out->empty()) out->append(separator);
    out->append(word);
  }
}

// The spellings after which the next word is an argument of the given kind, as a pattern of `case`.
std::string spellings_with_argument(cli::ArgumentKind kind) {
  std::string out;
  for (const cli::OptionRow& row : cli::kOptions) {
    if (row.argument_kind != kind || row.argument.empty() || argument_is_optional(row)) continue;
    const Spellings names = spellings(row);
    append_joined(names.shorts, " | ", &out);
    append_joined(names.longs, " | ", &out);
  }
  return out;
}

// text in single quotes for a shell; `escaped` characters get a backslash besides.
std::string quoted(std::string_view text, std::string_view escaped = "") {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (escaped.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out + "'";
}

// What zsh offers for an argument.
std::string_view zsh_action(cli::ArgumentKind kind) {
  switch (kind) {
    case cli::ArgumentKind::kFile:
      return "_files";
    case cli::ArgumentKind::kDirectory:
      return "_files -/";
    case cli::ArgumentKind::kNone:
    case cli::ArgumentKind::kOther:
      break;
  }
  return " ";
}

}  // namespace

std::string bash_completion() {
  std::string all;
  for (const cli::OptionRow& row : cli::kOptions) {
    const Spellings names = spellings(row);
    append_joined(names.shorts, " ", &all);
    append_joined(names.longs, " ", &all);
  }
  std::string out(kHead);
  out += R"(
_pith() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  # bash hands over "--name=value" as three words.
  if [[ $cur == "=" ]]; then
    cur=
  elif [[ $prev == "=" && COMP_CWORD -gt 1 ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $prev in
    )";
  out += spellings_with_argument(cli::ArgumentKind::kFile) + R"()
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return
      ;;
    )";
  out += spellings_with_argument(cli::ArgumentKind::kDirectory) + R"()
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      return
      ;;
    )";
  out += spellings_with_argument(cli::ArgumentKind::kOther) + R"()
      return
      ;;
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W ")";
  out += all + R"(" -- "$cur")
    return
  fi

  # Where compressed files are read, offer those (and directories), if there are any.
  local word name packed=
  [[ ${COMP_WORDS[0]} == *unpith || ${COMP_WORDS[0]} == *pithcat ]] && packed=1
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word =~ ^-[a-zA-Z0-9]*[dtl] || $word =~ ^--(decompress|uncompress|test|list)$ ]] && packed=1
  done
  compopt -o filenames 2>/dev/null
  if [[ $packed ]]; then
    while IFS= read -r name; do
      [[ -d $name || $name == *.pith || $name == *.tpith ]] && COMPREPLY+=("$name")
    done < <(compgen -f -- "$cur")
    [[ ${#COMPREPLY[@]} -gt 0 ]] && return
  fi
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

complete -F _pith pith unpith pithcat
)";
  return out;
}

std::string zsh_completion() {
  std::string out = "#compdef pith unpith pithcat\n";
  out += kHead;
  out += "\n_arguments -s -S \\\n";
  for (const cli::OptionRow& row : cli::kOptions) {
    const Spellings names = spellings(row);
    const bool optional = argument_is_optional(row);
    std::string argument;
    if (!row.argument.empty()) {
      argument = (optional ? "::" : ":") + argument_name(row) + ":" +
                 std::string(zsh_action(row.argument_kind));
    }
    std::string brief;
    for (const char c : row.brief) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') brief += '\\';
      brief += c;
    }
    // "*": every option may be repeated, the last one counts.
    const auto line = [&](const std::string& spelling, const std::string& action) {
      out += "  " + quoted("*" + spelling + "[" + brief + "]" + action) + " \\\n";
    };
    for (const std::string& name : names.shorts) {
      line(name + (row.argument.empty() ? "" : optional ? "-" : "+"), argument);
    }
    for (const std::string& name : names.longs) {
      const bool takes = !row.argument.empty() && !optional;
      line(name + (takes ? "=" : ""), takes ? argument : "");
    }
  }
  out += "  '*:file:_files'\n";
  return out;
}

std::string fish_completion() {
  std::string out(kHead);
  for (const cli::OptionRow& row : cli::kOptions) {
    const Spellings names = spellings(row);
    std::string argument;
    if (!row.argument.empty() && !argument_is_optional(row)) {
      switch (row.argument_kind) {
        case cli::ArgumentKind::kFile:
          argument = " -r -F";
          break;
        case cli::ArgumentKind::kDirectory:
          argument = " -x -a '(__fish_complete_directories)'";
          break;
        case cli::ArgumentKind::kNone:
        case cli::ArgumentKind::kOther:
          argument = " -x";
          break;
      }
    }
    out += "complete -c pith";
    for (const std::string& name : names.shorts) out += " -s " + name.substr(1);
    for (const std::string& name : names.longs) out += " -l " + name.substr(2);
    out += argument + " -d " + quoted(row.brief, "\\") + "\n";
  }
  return out;
}

}  // namespace pith::gendoc
