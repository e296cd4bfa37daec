// The only file that knows CLI11.
#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace pith::cli {
namespace {

// Which option, and with which fixed value, a CLI11 option stands for.
struct Registered {
  OptionUse use;
  bool has_argument = false;
  size_t used = 0;  // how many of its results were taken already
};

using Registry = std::map<const CLI::Option*, Registered>;

void register_name(CLI::App* app, Registry* registry, const std::string& names, Registered entry) {
  CLI::Option* option = nullptr;
  if (entry.has_argument) {
    option = app->add_option(names)->take_all();
  } else {
    option = app->add_flag(names)->take_all()->disable_flag_override();
  }
  registry->emplace(option, std::move(entry));
}

void register_row(CLI::App* app, Registry* registry, const OptionRow& row) {
  // An argument in brackets comes right after its letter, and is itself a bundled option (-b3 is -b
  // -3).
  const bool has_argument = !row.argument.empty() && row.argument[0] != '[';
  if (row.shorts.size() > 1) {
    for (const char letter : row.shorts) {
      const std::string value(1, letter);
      register_name(app, registry, "-" + value, {{row.id, false, value}, false, 0});
    }
    return;
  }
  std::string names;
  if (!row.shorts.empty()) names = "-" + std::string(row.shorts);
  std::string_view rest = row.longs;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(','));
    names += (names.empty() ? "--" : ",--") + std::string(name);
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  register_name(app, registry, names, {{row.id, false, ""}, has_argument, 0});
  if (row.negatable) {
    const std::string_view name = row.longs.substr(0, row.longs.find(','));
    register_name(app, registry, "--no-" + std::string(name), {{row.id, true, ""}, false, 0});
  }
}

// Arguments in the reverse order that CLI11 wants, without what it would misread: it takes "++" for
// the end of a subcommand.
std::vector<std::string> reversed_arguments(int argc, char** argv) {
  std::vector<std::string> arguments;
  for (int i = argc - 1; i > 0; --i) {
    const std::string_view argument = argv[i];
    arguments.emplace_back(argument == "++" ? "./++" : argument);
  }
  return arguments;
}

// "--name=" would make CLI11 take the next argument as the value.
const std::string* empty_value(const std::vector<std::string>& reversed) {
  for (auto it = reversed.rbegin(); it != reversed.rend() && *it != "--"; ++it) {
    if (it->starts_with("--") && it->ends_with('=')) return &*it;
  }
  return nullptr;
}

// CLI11 says "--suffix: 1 required  missing" or "keep was given a disallowed flag override".
std::string describe_mismatch(std::string_view text) {
  const std::string_view name = text.substr(0, text.find_first_of(": "));
  if (!text.starts_with('-')) return fmt::format("--{} takes no value", name);
  return fmt::format("{} needs a value", name);
}

// CLI11 has no notion of file names here: it hands back all it does not know. Up to "--" that must
// not look like an option.
void take_files(const std::vector<std::string>& remaining, CommandLine* line) {
  bool options_ended = false;
  for (const std::string& argument : remaining) {
    if (!options_ended && argument == "--") {
      options_ended = true;
    } else if (!options_ended && argument.size() > 1 && argument[0] == '-') {
      line->error = fmt::format("unknown option {}", argument);
      return;
    } else {
      line->files.push_back(argument);
    }
  }
}

}  // namespace

CommandLine split_command_line(int argc, char** argv) {
  CommandLine line;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Registry registry;
  for (const OptionRow& row : kOptions) register_row(&app, &registry, row);

  std::vector<std::string> arguments = reversed_arguments(argc, argv);
  if (const std::string* bad = empty_value(arguments)) {
    line.error = fmt::format("{} needs a value", bad->substr(0, bad->size() - 1));
    return line;
  }
  try {
    app.parse(arguments);
  } catch (const CLI::ArgumentMismatch& error) {
    line.error = describe_mismatch(error.what());
    return line;
  } catch (const CLI::ParseError& error) {
    line.error = error.what();
    return line;
  }
  for (const CLI::Option* option : app.parse_order()) {
    Registered& entry = registry.at(option);
    OptionUse use = entry.use;
    if (entry.has_argument) use.value = option->results().at(entry.used++);
    line.options.push_back(std::move(use));
  }
  take_files(app.remaining(), &line);
  return line;
}

}  // namespace pith::cli
