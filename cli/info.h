// What --info shows: this build, this machine, and the levels.
#pragma once

#include <string>

namespace pith::cli {

[[nodiscard]] std::string info_text();
[[nodiscard]] std::string info_json();

}  // namespace pith::cli
