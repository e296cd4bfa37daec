#include "corpora/generate.h"

#include "corpora/kinds.h"
#include "corpora/random.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

constexpr Encoding kUtf8 = Encoding::kUtf8;
constexpr Encoding kBytes = Encoding::kBytes;

constexpr Kind kKinds[] = {
    {"prose", "chapters, one line a paragraph", kUtf8, write_prose},
    {"prose-wrapped", "chapters, lines of at most 72 columns", kUtf8, write_prose_wrapped},
    {"prose-crlf", "chapters, lines that end in CR LF", kUtf8, write_prose_crlf},
    {"dialogue", "people talking, in quotation marks", kUtf8, write_dialogue},
    {"verse", "stanzas with a refrain", kUtf8, write_verse},
    {"mail", "a mailing list with headers and quoted text", kUtf8, write_mail},
    {"html", "web pages", kUtf8, write_html},
    {"xml", "a catalogue of records", kUtf8, write_xml},
    {"wiki", "an export of an encyclopedia with wiki markup", kUtf8, write_wiki},
    {"markdown", "headings, lists and paragraphs", kUtf8, write_markdown},
    {"tex", "an article with equations", kUtf8, write_tex},
    {"json", "an indented array of objects", kUtf8, write_json},
    {"json-lines", "one object a line", kUtf8, write_json_lines},
    {"csv", "a table of orders", kUtf8, write_csv},
    {"number-table", "columns of drifting numbers, tab separated", kUtf8, write_number_table},
    {"yaml", "a configuration of services", kUtf8, write_yaml},
    {"sql", "a dump of INSERT statements", kUtf8, write_sql},
    {"ini", "sections of settings with comments", kUtf8, write_ini},
    {"file-list", "paths, each ended by a NUL byte", kUtf8, write_file_list},
    {"log-system", "a system log", kUtf8, write_log_system},
    {"log-access", "a web server's access log", kUtf8, write_log_access},
    {"log-trace", "an application log with stack traces", kUtf8, write_log_trace},
    {"code-c", "C source", kUtf8, write_code_c},
    {"code-python", "Python source", kUtf8, write_code_python},
    {"code-assembly", "x86-64 assembly", kUtf8, write_code_assembly},
    {"diff", "a unified diff", kUtf8, write_diff},
    {"latin", "words with accented Latin letters", kUtf8, write_latin},
    {"greek", "words in Greek letters", kUtf8, write_greek},
    {"cyrillic", "words in Cyrillic letters", kUtf8, write_cyrillic},
    {"hebrew", "words in Hebrew letters", kUtf8, write_hebrew},
    {"arabic", "words in Arabic letters", kUtf8, write_arabic},
    {"devanagari", "words in Devanagari letters", kUtf8, write_devanagari},
    {"thai", "Thai letters without spaces", kUtf8, write_thai},
    {"han", "Chinese characters", kUtf8, write_han},
    {"kana", "Hiragana and Katakana", kUtf8, write_kana},
    {"hangul", "Korean syllables", kUtf8, write_hangul},
    {"emoji", "prose with emoji", kUtf8, write_emoji},
    {"all-scripts", "characters from blocks of every plane in use", kUtf8, write_all_scripts},
    {"utf8-invalid", "prose with every way of breaking UTF-8", kBytes, write_utf8_invalid},
    {"utf16", "prose in UTF-16, little-endian, with its mark", kBytes, write_utf16},
    {"latin1", "accented prose in ISO 8859-1", kBytes, write_latin1},
    {"records", "32-byte records with numbers and names", kBytes, write_records},
    {"executable", "what looks like x86-64 code and tables", kBytes, write_executable},
    {"bitmap", "a smooth picture of 8-bit samples", kBytes, write_bitmap},
    {"audio", "16-bit stereo samples", kBytes, write_audio},
    {"sparse", "zeros with islands", kBytes, write_sparse},
    {"archive", "an archive of text files with 512-byte headers", kBytes, write_archive},
    {"zeros", "zero bytes", kUtf8, write_zeros},
    {"one-letter", "one letter over and over", kUtf8, write_one_letter},
    {"random", "random bytes", kBytes, write_random},
    {"compressed", "what looks like compressed members of an archive", kBytes, write_compressed},
    {"base64", "random bytes in base 64", kUtf8, write_base64},
    {"hex-dump", "a dump of bytes in hexadecimal", kUtf8, write_hex_dump},
    {"long-repeat", "20,000 random bytes that come again", kBytes, write_long_repeat},
    {"periodic", "a few random bytes repeated", kBytes, write_periodic},
    {"counter", "32-bit numbers counting up", kBytes, write_counter},
    {"digits", "random decimal digits", kUtf8, write_digits},
    {"mixed", "pieces of all other kinds", kBytes, write_mixed},
};

// FNV-1a, so that every kind draws its own numbers from the same seed.
uint64_t hash_name(std::string_view name) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : name) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
  return hash;
}

// Bytes that the UTF-8 character starting with lead takes.
size_t character_size(uint8_t lead) {
  return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Replaces a character that the limit cut at the end.
void mend_tail(std::vector<uint8_t>& bytes) {
  size_t start = bytes.size();
  while (start > 0 && (bytes[start - 1] & 0xC0) == 0x80) --start;
  if (start == 0) return;
  --start;
  if (start + character_size(bytes[start]) > bytes.size()) {
    for (size_t i = start; i < bytes.size(); ++i) bytes[i] = '\n';
  }
}

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

const Kind* find_kind(std::string_view name) {
  for (const Kind& kind : kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::vector<uint8_t> generate(const Kind& kind, size_t size, uint64_t seed) {
  Writer out(size);
  Random random(seed ^ hash_name(kind.name));
  kind.write(out, random);
  std::vector<uint8_t> bytes = out.take();
  if (kind.encoding == Encoding::kUtf8) mend_tail(bytes);
  return bytes;
}

std::vector<uint8_t> generate(std::string_view kind, size_t size, uint64_t seed) {
  const Kind* found = find_kind(kind);
  return found == nullptr ? std::vector<uint8_t>() : generate(*found, size, seed);
}

}  // namespace pith::corpus
