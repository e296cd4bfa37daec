// Writes one JSON document (RFC 8259), piece by piece.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pith::cli {

class JsonWriter {
 public:
  // An object or array: the document itself, or an element of the array in work.
  void begin_object();
  void begin_array();
  // The same as the value of a key of the object in work.
  void begin_object(std::string_view key);
  void begin_array(std::string_view key);
  void end_object() { end('}'); }
  void end_array() { end(']'); }

  void add(std::string_view text);  // an element of the array in work
  void add(std::string_view key, std::string_view text);
  void add(std::string_view key, const char* text) { add(key, std::string_view(text)); }
  void add(std::string_view key, uint64_t number);
  void add(std::string_view key, int number);
  void add(std::string_view key, double number);
  void add_null(std::string_view key);

  // The document; complete once everything begun is ended.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void separate();
  void key(std::string_view name);
  void begin(char bracket);
  void end(char bracket);

  std::string text_;
  int depth_ = 0;
  bool first_ = true;  // nothing yet in the innermost object or array
};

// text as a JSON string with its quotes. Bytes that are not UTF-8 (file names may hold any) become
// \udc80..\udcff, one each: valid JSON from which the exact name can be restored (Python does so by
// itself).
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace pith::cli
