#include "tools/gendoc/model_commands.h"

#include <algorithm>
#include <string_view>

#include "tools/gendoc/roff.h"

namespace pith::gendoc {
namespace {

bool is_help(const CLI::Option& option) { return option.check_lname("help"); }

// "TEXT:{auto,f32,bf16} ..." -> "{auto,f32,bf16}", "UINT:INT in [0 - 1024]" -> "N": what stands for
// an argument on the page.
std::string argument_name(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const size_t list = type.find('{');
  if (list != std::string::npos) {
    return type.substr(list, type.find('}') - list + 1);
  }
  const std::string_view base = std::string_view(type).substr(0, type.find_first_of(" :"));
  std::string name(base);
  if (base == "TEXT") name = "FILE";
  if (base == "UINT" || base == "INT" || base == "FLOAT") name = "N";
  if (option.get_items_expected_max() > 1) name += "...";
  return name;
}

std::string tag(const CLI::Option& option) {
  if (option.get_positional()) return roff_italic(option.get_name(true));
  std::string out;
  const auto add = [&out](const std::string& name) {
    if (!out.empty()) out += ", ";
    out += roff_bold(name);
  };
  for (const std::string& name : option.get_snames()) add("-" + name);
  for (const std::string& name : option.get_lnames()) add("--" + name);
  const std::string argument = argument_name(option);
  return argument.empty() ? out : out + " " + roff_italic(argument);
}

// A phrase of the help as a sentence.
std::string sentence(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.empty()) return text;
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (text.back() != '.') text += '.';
  return text;
}

std::string synopsis(const CLI::App& command) {
  std::string out =
      roff_bold("pith-model " + command.get_name()) + " [" + roff_italic("OPTION") + "]...";
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    out += " " + roff_italic(option->get_name(true));
    if (option->get_items_expected_max() > 1) out += "...";
  }
  return out;
}

}  // namespace

std::string model_commands(const CLI::App& app) {
  std::string out;
  for (const CLI::App* command : app.get_subcommands({})) {
    out += ".SS " + roff_argument(command->get_name()) + "\n" + roff_lines(synopsis(*command)) +
           ".PP\n" + roff_lines(roff_text(sentence(command->get_description())));
    for (const CLI::Option* option : command->get_options()) {
      if (is_help(*option)) continue;
      out += ".TP\n" + tag(*option) + "\n";
      std::string text = sentence(option->get_description());
      if (option->get_required() && !option->get_positional()) text += " Must be given.";
      if (!option->get_default_str().empty()) {
        text += " Default: " + option->get_default_str() + ".";
      }
      out += roff_lines(roff_text(text));
    }
  }
  return out;
}

}  // namespace pith::gendoc
