// Splits a command line into options, in the order they were given, and file names.
#pragma once

#include <string>
#include <vector>

#include "cli/option_table.h"

namespace pith::cli {

struct OptionUse {
  OptionId id = OptionId::kCompress;
  bool negated = false;  // --no-NAME
  std::string value;     // the argument; for options that differ by letter (-1 to -9), the letter
};

struct CommandLine {
  std::vector<OptionUse> options;
  std::vector<std::string> files;
  std::string error;  // not empty: what is wrong, and the rest is incomplete
};

// Letters can be bundled (-9kv, -T4), "--" ends the options.
[[nodiscard]] CommandLine split_command_line(int argc, char** argv);

}  // namespace pith::cli
