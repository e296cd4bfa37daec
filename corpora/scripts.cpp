// Words in the scripts of the world, and encodings that are not, or not quite, UTF-8.
#include <vector>

#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

struct Script {
  std::vector<Range> letters;
  uint32_t min_word;  // letters
  uint32_t max_word;
  uint32_t vocabulary;  // words; drawn by Zipf's law
  uint32_t space;       // code point between words, 0: none
  uint32_t stop;        // code point that ends a sentence
};

using Word = std::vector<uint32_t>;

uint32_t letter(Random& random, const Script& script) {
  uint32_t total = 0;
  for (const Range& range : script.letters) total += range.last - range.first + 1;
  uint32_t index = random.below(total);
  for (const Range& range : script.letters) {
    const uint32_t count = range.last - range.first + 1;
    if (index < count) return range.first + index;
    index -= count;
  }
  return script.stop;
}

std::vector<Word> vocabulary(Random& random, const Script& script) {
  std::vector<Word> list(script.vocabulary);
  for (Word& word : list) {
    const uint32_t length = random.between(script.min_word, script.max_word);
    for (uint32_t i = 0; i < length; ++i) word.push_back(letter(random, script));
  }
  return list;
}

void write_sentence(Writer& out, Random& random, const Script& script,
                    std::span<const Word> vocabulary) {
  const uint32_t count = random.between(4, 18);
  for (uint32_t i = 0; i < count; ++i) {
    if (i > 0 && script.space != 0) out.utf8(script.space);
    for (const uint32_t c : random.pick_zipf(vocabulary)) out.utf8(c);
  }
  out.utf8(script.stop);
}

void write_script(Writer& out, Random& random, const Script& script) {
  const std::vector<Word> list = vocabulary(random, script);
  while (!out.full()) {
    const uint32_t sentences = random.between(2, 9);
    for (uint32_t i = 0; i < sentences; ++i) {
      write_sentence(out, random, script, list);
      if (script.space != 0) out.utf8(script.space);
    }
    out.text("\n");
  }
}

// Code points of all assigned ranges that matter, in one or another plane.
constexpr Range kBlocks[] = {
    {0x21, 0x7E},       {0xA1, 0x17F},      {0x370, 0x3FF},      {0x400, 0x4FF},
    {0x531, 0x556},     {0x5D0, 0x5EA},     {0x620, 0x64A},      {0x905, 0x939},
    {0x985, 0x9B9},     {0xA05, 0xA39},     {0xB85, 0xBB9},      {0xE01, 0xE30},
    {0x10A0, 0x10FF},   {0x1200, 0x137C},   {0x1780, 0x17B3},    {0x1E00, 0x1EFF},
    {0x2010, 0x2027},   {0x20A0, 0x20BF},   {0x2190, 0x22FF},    {0x2500, 0x25FF},
    {0x3041, 0x30FF},   {0x4E00, 0x9FFF},   {0xAC00, 0xD7A3},    {0xE000, 0xE0FF},
    {0xFF01, 0xFF5E},   {0x10330, 0x1034A}, {0x12000, 0x12399},  {0x1D400, 0x1D7FF},
    {0x1F300, 0x1F64F}, {0x20000, 0x200FF}, {0x10FF00, 0x10FFFD}};

}  // namespace

void write_latin(Writer& out, Random& random) {
  write_script(out, random,
               {{{'a', 'z'}, {'a', 'z'}, {'e', 'i'}, {0xE0, 0xF6}, {0xF8, 0xFF}, {0x101, 0x119}},
                2,
                9,
                900,
                ' ',
                '.'});
}
void write_greek(Writer& out, Random& random) {
  write_script(out, random, {{{0x3B1, 0x3C9}, {0x3AC, 0x3AF}}, 2, 9, 900, ' ', '.'});
}
void write_cyrillic(Writer& out, Random& random) {
  write_script(out, random, {{{0x430, 0x44F}}, 2, 10, 900, ' ', '.'});
}
void write_hebrew(Writer& out, Random& random) {
  write_script(out, random, {{{0x5D0, 0x5EA}}, 2, 6, 900, ' ', '.'});
}
void write_arabic(Writer& out, Random& random) {
  write_script(out, random, {{{0x627, 0x63A}, {0x641, 0x64A}}, 2, 7, 900, ' ', '.'});
}
void write_devanagari(Writer& out, Random& random) {
  write_script(out, random, {{{0x915, 0x939}, {0x93E, 0x94D}}, 2, 8, 900, ' ', 0x964});
}
void write_thai(Writer& out, Random& random) {
  write_script(out, random, {{{0xE01, 0xE2E}, {0xE30, 0xE39}}, 2, 7, 900, 0, ' '});
}
void write_han(Writer& out, Random& random) {
  write_script(out, random, {{{0x4E00, 0x5600}}, 1, 2, 1500, 0, 0x3002});
}
void write_kana(Writer& out, Random& random) {
  write_script(out, random, {{{0x3041, 0x3093}, {0x30A1, 0x30F3}}, 1, 5, 900, 0, 0x3002});
}
void write_hangul(Writer& out, Random& random) {
  write_script(out, random, {{{0xAC00, 0xB200}}, 1, 4, 900, ' ', '.'});
}
void write_emoji(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    out.text(sentences.sentence());
    const uint32_t count = random.between(1, 4);
    for (uint32_t i = 0; i < count; ++i) {
      out.utf8(0x1F600 + random.zipf(80));
      if (random.chance(15)) out.utf8(0xFE0F);
      if (random.chance(10)) out.utf8(0x200D);
    }
    out.text(random.chance(20) ? "\n" : " ");
  }
}

void write_all_scripts(Writer& out, Random& random) {
  while (!out.full()) {
    const Range& block = random.pick(std::span<const Range>(kBlocks));
    const Script script = {{block}, 1, 6, 40, ' ', '\n'};
    const std::vector<Word> list = vocabulary(random, script);
    write_sentence(out, random, script, list);
  }
}

void write_utf8_invalid(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    out.text(sentences.sentence());
    out.text(" ");
    switch (random.below(8)) {
      case 0:  // a continuation byte on its own
        out.byte(static_cast<uint8_t>(0x80 | random.below(64)));
        break;
      case 1:  // a lead byte without its continuation
        out.byte(static_cast<uint8_t>(0xC2 + random.below(50)));
        break;
      case 2:  // overlong forms of '/'
        out.text("\xC0\xAF");
        out.text("\xE0\x80\xAF");
        break;
      case 3:  // a surrogate
        out.utf8(0xD800 + random.below(0x800));
        break;
      case 4:  // beyond U+10FFFF
        out.text("\xF4\x90\x80\x80");
        break;
      case 5:  // bytes that never occur
        out.byte(static_cast<uint8_t>(random.chance(50) ? 0xFE : 0xFF));
        break;
      case 6:  // a character cut short
        out.text("\xE2\x82");
        break;
      default:  // a valid one between them
        out.utf8(0x20AC);
        break;
    }
  }
}

void write_utf16(Writer& out, Random& random) {
  Sentences sentences(random);
  out.integer(0xFEFF, 2);
  while (!out.full()) {
    for (const char c : sentences.sentence()) out.integer(static_cast<uint8_t>(c), 2);
    out.integer(0x2014 + random.below(4), 2);
    out.integer('\n', 2);
  }
}

void write_latin1(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    for (const char c : sentences.sentence()) {
      const bool accent = (c == 'e' || c == 'a' || c == 'o') && random.chance(25);
      out.byte(accent ? static_cast<uint8_t>(0xE0 + random.below(16)) : static_cast<uint8_t>(c));
    }
    out.text("\n");
  }
}

}  // namespace pith::corpus
