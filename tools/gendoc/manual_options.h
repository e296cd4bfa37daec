// The OPTIONS part of pith(1).
#pragma once

#include <string>

namespace pith::gendoc {

// One subsection a group, one tagged paragraph an option, in the order of the option table.
[[nodiscard]] std::string manual_options();

}  // namespace pith::gendoc
