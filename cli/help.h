// The texts of -h, -H and -V.
#pragma once

#include <string>

namespace pith::cli {

[[nodiscard]] std::string short_help();
[[nodiscard]] std::string long_help();
[[nodiscard]] std::string version_text();

}  // namespace pith::cli
