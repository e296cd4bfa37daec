// Which strings may become tokens of more than one byte.
#pragma once

#include <cstdint>
#include <span>

namespace pith::model {

struct TokenRule {
  uint32_t digits = 3;
  bool inner_spaces = false;
  bool before_line_end = true;
  bool indentation = true;
};

[[nodiscard]] bool may_be_token(const TokenRule& rule, std::span<const uint8_t> bytes);

}  // namespace pith::model
