#include "model/vocab/token_rule.h"

namespace pith::model {

bool may_be_token(const TokenRule& rule, std::span<const uint8_t> bytes) {
  size_t i = 0;
  const size_t n = bytes.size();
  // leading line ends
  while (i < n && bytes[i] == '\n') ++i;
  if (i == n) return true;
  if (i > 0) {  // line ends first: only indentation may follow
    if (!rule.indentation) return false;
    for (; i < n; ++i)
      if (bytes[i] != ' ' && bytes[i] != '\t') return false;
    return true;
  }
  size_t spaces = 0;
  while (i < n && (bytes[i] == ' ' || bytes[i] == '\t')) ++i, ++spaces;
  if (i == n) return true;
  if (spaces > 1 || (spaces == 1 && bytes[0] != ' ')) return false;
  uint32_t digits = 0;
  bool ended = false;
  for (; i < n; ++i) {
    const uint8_t b = bytes[i];
    if (b == 0 || b == '\r' || b == '\t') return false;
    if (b == ' ' && !rule.inner_spaces) return false;
    if (b == '\n') {
      if (!rule.before_line_end) return false;
      ended = true;
      continue;
    }
    if (ended) return false;
    digits = b >= '0' && b <= '9' ? digits + 1 : 0;
    if (digits > rule.digits) return false;
  }
  return true;
}

}  // namespace pith::model
