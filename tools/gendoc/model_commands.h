// The COMMANDS part of pith-model(1).
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace pith::gendoc {

// One subsection a subcommand of the parser, one tagged paragraph an option, in their order.
[[nodiscard]] std::string model_commands(const CLI::App& app);

}  // namespace pith::gendoc
