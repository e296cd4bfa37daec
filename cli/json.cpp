#include "cli/json.h"

#include <fmt/format.h>

#include <iterator>

#include "cli/utf8.h"

namespace pith::cli {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const size_t length = utf8_length(text);
    const auto byte = static_cast<unsigned char>(text[0]);
    if (length == 0) {
      fmt::format_to(std::back_inserter(out), "\\udc{:02x}", byte);
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[0];
    } else if (byte < 0x20 || byte == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out + '"';
}

void JsonWriter::separate() {
  if (depth_ == 0) return;
  if (!first_) text_ += ',';
  first_ = false;
  text_ += '\n';
  text_.append(2 * static_cast<size_t>(depth_), ' ');
}

void JsonWriter::key(std::string_view name) {
  separate();
  text_ += json_string(name);
  text_ += ": ";
}

void JsonWriter::begin(char bracket) {
  text_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!first_) {
    text_ += '\n';
    text_.append(2 * static_cast<size_t>(depth_), ' ');
  }
  text_ += bracket;
  first_ = false;
  if (depth_ == 0) text_ += '\n';
}

void JsonWriter::begin_object() {
  separate();
  begin('{');
}

void JsonWriter::begin_array() {
  separate();
  begin('[');
}

void JsonWriter::begin_object(std::string_view name) {
  key(name);
  begin('{');
}

void JsonWriter::begin_array(std::string_view name) {
  key(name);
  begin('[');
}

void JsonWriter::add(std::string_view text) {
  separate();
  text_ += json_string(text);
}

void JsonWriter::add(std::string_view name, std::string_view text) {
  key(name);
  text_ += json_string(text);
}

void JsonWriter::add(std::string_view name, uint64_t number) {
  key(name);
  text_ += fmt::format("{}", number);
}

void JsonWriter::add(std::string_view name, int number) {
  key(name);
  text_ += fmt::format("{}", number);
}

void JsonWriter::add(std::string_view name, double number) {
  key(name);
  text_ += fmt::format("{:.6f}", number);
}

void JsonWriter::add_null(std::string_view name) {
  key(name);
  text_ += "null";
}

}  // namespace pith::cli
