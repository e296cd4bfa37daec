// Names of output files from names of input files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pith::cli {

// suffix: the user's own, or empty for .pith.

// Whether name ends in a suffix that marks compressed files of pith.
[[nodiscard]] bool has_own_suffix(std::string_view name, std::string_view suffix);

[[nodiscard]] std::string compressed_name(std::string_view name, std::string_view suffix);

// "a.pith" gives "a", "a.tpith" gives "a.tar". Nothing if no suffix is known, or nothing is left
// without it.
[[nodiscard]] std::optional<std::string> decompressed_name(std::string_view name,
                                                           std::string_view suffix);

// Whether the name is that of a file that is compressed already, by pith or anything else.
[[nodiscard]] bool is_compressed_name(std::string_view name, std::string_view suffix);

}  // namespace pith::cli
