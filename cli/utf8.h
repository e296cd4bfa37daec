// The little that messages and JSON need to know of UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace pith::cli {

// Bytes (1..4) of the well-formed UTF-8 character that text starts with; 0 if it starts with none.
[[nodiscard]] size_t utf8_length(std::string_view text);

}  // namespace pith::cli
