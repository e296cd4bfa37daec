#include "model/vocab/token_rule.h"

#include <cstddef>

namespace pith::model {
namespace {

constexpr unsigned kDigitsMax = 3;

bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t'; }
bool is_line_end(uint8_t byte) { return byte == '\n'; }
bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }
// What words, numbers and punctuation consist of.
bool is_ink(uint8_t byte) {
  return !is_blank(byte) && !is_line_end(byte) && byte != '\r' && byte != 0;
}

// The bytes behind those at the front that are of a class.
template <class Class>
std::span<const uint8_t> after(std::span<const uint8_t> bytes, Class is_of_class) {
  size_t count = 0;
  while (count < bytes.size() && is_of_class(bytes[count])) ++count;
  return bytes.subspan(count);
}

bool has_long_number(std::span<const uint8_t> bytes) {
  unsigned digits = 0;
  for (const uint8_t byte : bytes) {
    digits = is_digit(byte) ? digits + 1 : 0;
    if (digits > kDigitsMax) return true;
  }
  return false;
}

}  // namespace

bool may_be_token(std::span<const uint8_t> bytes) {
  if (bytes.empty()) return false;
  if (after(bytes, is_blank).empty() || after(after(bytes, is_line_end), is_blank).empty()) {
    return true;
  }
  const std::span<const uint8_t> word = bytes.subspan(bytes[0] == ' ' ? 1 : 0);
  return after(after(word, is_ink), is_line_end).empty() && !has_long_number(word);
}

}  // namespace pith::model
