// The inputs of a run: names on the command line, names read from a file, and what is in
// directories.
#pragma once

#include <functional>
#include <string>

#include "cli/messages.h"
#include "cli/options.h"

namespace pith::cli {

struct InputName {
  std::string path;   // "-": standard input
  std::string place;  // where its output belongs below --output-dir, before any change of suffix
};

// Calls visit for each input, in the order given, those of a directory sorted by name. Reports
// names that cannot be read.
void for_each_input(const Options& options, Messages* messages,
                    const std::function<void(const InputName&)>& visit);

}  // namespace pith::cli
