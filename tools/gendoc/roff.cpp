#include "tools/gendoc/roff.h"

#include <cstdint>
#include <cstdio>

namespace pith::gendoc {
namespace {

// Appends \[uXXXX] for the UTF-8 sequence at text[at]; returns its length, 1 for damage.
size_t append_unicode(std::string_view text, size_t at, std::string* out) {
  const auto lead = static_cast<uint8_t>(text[at]);
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || at + length > text.size()) return 1;
  uint32_t code = lead & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<uint8_t>(text[at + i]);
    if ((byte & 0xC0) != 0x80) return 1;
    code = (code << 6) | (byte & 0x3FU);
  }
  char escaped[16];
  std::snprintf(escaped, sizeof escaped, "\\[u%04X]", static_cast<unsigned>(code));
  *out += escaped;
  return length;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Emphasis opened at text[at] by `mark`: position of the closing mark, or npos.
size_t closing(std::string_view text, size_t at, std::string_view mark) {
  const size_t start = at + mark.size();
  if (start >= text.size() || text[start] == ' ') return std::string_view::npos;
  if (mark == "_" && at > 0 && is_word(text[at - 1])) return std::string_view::npos;  // snake_case
  const size_t end = text.find(mark, start + 1);
  if (end == std::string_view::npos || text[end - 1] == ' ') return std::string_view::npos;
  return end;
}

}  // namespace

std::string roff_text(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<uint8_t>(c) >= 0x80) {
      i += append_unicode(text, i, &out);
      continue;
    }
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '\'':
        out += "\\(aq";
        break;
      default:
        out += c;
    }
    ++i;
  }
  return out;
}

std::string roff_argument(std::string_view text) {
  std::string out = "\"";
  for (const char c : roff_text(text)) {
    if (c == '"') {
      out += "\\(dq";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string roff_inline(std::string_view markdown) {
  struct Mark {
    std::string_view mark;
    std::string_view font;
    bool literal;  // no marks inside
  };
  static constexpr Mark kMarks[] = {
      {"`", "\\fB", true}, {"**", "\\fB", false}, {"*", "\\fI", false}, {"_", "\\fI", false}};

  std::string out;
  size_t plain = 0;  // start of the text not yet written
  size_t i = 0;
  const auto flush = [&](size_t end) { out += roff_text(markdown.substr(plain, end - plain)); };
  while (i < markdown.size()) {
    if (markdown[i] == '\\' && i + 1 < markdown.size()) {  // an escaped mark is text
      flush(i);
      plain = i + 1;
      i += 2;
      continue;
    }
    if (markdown[i] == '[') {
      const size_t middle = markdown.find("](", i);
      const size_t end = middle == std::string_view::npos ? middle : markdown.find(')', middle);
      if (end != std::string_view::npos) {
        flush(i);
        out += roff_inline(markdown.substr(i + 1, middle - i - 1));
        i = plain = end + 1;
        continue;
      }
    }
    bool found = false;
    for (const Mark& m : kMarks) {
      if (!markdown.substr(i).starts_with(m.mark)) continue;
      const size_t end = m.literal ? markdown.find('`', i + 1) : closing(markdown, i, m.mark);
      if (end == std::string_view::npos) continue;
      flush(i);
      const std::string_view inner = markdown.substr(i + m.mark.size(), end - i - m.mark.size());
      out += m.font;
      out += m.literal ? roff_text(inner) : roff_inline(inner);
      out += "\\fR";
      i = plain = end + m.mark.size();
      found = true;
      break;
    }
    if (!found) ++i;
  }
  flush(markdown.size());
  return out;
}

std::string roff_bold(std::string_view text) { return "\\fB" + roff_text(text) + "\\fR"; }
std::string roff_italic(std::string_view text) { return "\\fI" + roff_text(text) + "\\fR"; }

std::string roff_lines(std::string_view roff) {
  std::string out;
  bool line_start = true;
  for (const char c : roff) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    out += c;
    line_start = c == '\n';
  }
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

std::string roff_head(std::string_view name, std::string_view section, std::string_view version,
                      std::string_view source) {
  std::string upper;
  for (const char c : name) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::string out = ".\\\" Made from ";
  out.append(source).append(" by tools/gendoc; change it there.\n");
  out +=
      ".TH " + upper + " " + std::string(section) + " \"\" \"pith " + std::string(version) + "\"\n";
  return out;
}

}  // namespace pith::gendoc
