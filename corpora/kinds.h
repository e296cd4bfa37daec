// The writers behind the kinds, one function each, grouped as in the .cpp files.
#pragma once

namespace pith::corpus {

class Random;
class Writer;

// prose.cpp
void write_prose(Writer& out, Random& random);
void write_prose_wrapped(Writer& out, Random& random);
void write_prose_crlf(Writer& out, Random& random);
void write_dialogue(Writer& out, Random& random);
void write_verse(Writer& out, Random& random);
void write_mail(Writer& out, Random& random);

// markup.cpp
void write_html(Writer& out, Random& random);
void write_xml(Writer& out, Random& random);
void write_wiki(Writer& out, Random& random);
void write_markdown(Writer& out, Random& random);
void write_tex(Writer& out, Random& random);

// data.cpp
void write_json(Writer& out, Random& random);
void write_json_lines(Writer& out, Random& random);
void write_csv(Writer& out, Random& random);
void write_number_table(Writer& out, Random& random);
void write_yaml(Writer& out, Random& random);
void write_sql(Writer& out, Random& random);
void write_ini(Writer& out, Random& random);
void write_file_list(Writer& out, Random& random);

// logs.cpp
void write_log_system(Writer& out, Random& random);
void write_log_access(Writer& out, Random& random);
void write_log_trace(Writer& out, Random& random);

// source_code.cpp
void write_code_c(Writer& out, Random& random);
void write_code_python(Writer& out, Random& random);
void write_code_assembly(Writer& out, Random& random);
void write_diff(Writer& out, Random& random);

// scripts.cpp
void write_latin(Writer& out, Random& random);
void write_greek(Writer& out, Random& random);
void write_cyrillic(Writer& out, Random& random);
void write_hebrew(Writer& out, Random& random);
void write_arabic(Writer& out, Random& random);
void write_devanagari(Writer& out, Random& random);
void write_thai(Writer& out, Random& random);
void write_han(Writer& out, Random& random);
void write_kana(Writer& out, Random& random);
void write_hangul(Writer& out, Random& random);
void write_emoji(Writer& out, Random& random);
void write_all_scripts(Writer& out, Random& random);
void write_utf8_invalid(Writer& out, Random& random);
void write_utf16(Writer& out, Random& random);
void write_latin1(Writer& out, Random& random);

// binary.cpp
void write_records(Writer& out, Random& random);
void write_executable(Writer& out, Random& random);
void write_bitmap(Writer& out, Random& random);
void write_audio(Writer& out, Random& random);
void write_sparse(Writer& out, Random& random);
void write_archive(Writer& out, Random& random);

// degenerate.cpp
void write_zeros(Writer& out, Random& random);
void write_one_letter(Writer& out, Random& random);
void write_random(Writer& out, Random& random);
void write_compressed(Writer& out, Random& random);
void write_base64(Writer& out, Random& random);
void write_hex_dump(Writer& out, Random& random);
void write_long_repeat(Writer& out, Random& random);
void write_periodic(Writer& out, Random& random);
void write_counter(Writer& out, Random& random);
void write_digits(Writer& out, Random& random);
void write_mixed(Writer& out, Random& random);

}  // namespace pith::corpus
