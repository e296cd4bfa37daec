// Completions for shells, made from the option table.
#pragma once

#include <string>

namespace pith::gendoc {

[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();
[[nodiscard]] std::string fish_completion();

}  // namespace pith::gendoc
