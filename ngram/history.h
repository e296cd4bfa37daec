// What the contexts are made of: features of the bytes seen so far, brought up to date once a byte.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pith::ngram {

// One line a feature; an ensemble (ensemble.h) combines them into contexts.
enum class Feature : uint8_t {
  kNone,
  kByte1,   // the last byte
  kBytes2,  // the last two bytes ...
  kBytes3,
  kBytes4,
  kBytes5,
  kBytes6,
  kWord,       // hash of the letters since the last other byte, case folded; 0 outside a word
  kWord1,      // the word before
  kWord2,      // the word before that
  kGap,        // hash of the bytes since the last letter
  kIndirect1,  // the two bytes that followed the last byte when it came last and next to last
  kIndirect2,  // the same for the last two bytes
  kSkip1,      // the byte before the last
  kSkip2,      // two bytes before the last
  kSkip3,      // the two bytes before the last two
  kColumn,     // bytes since the line's start, at most 255
  kAbove,      // the byte above: same column, line before
  kAbove2,     // that and the one after it
  kLineStart,  // hash of the first bytes of this line, up to and with its first separator
  kField,      // number of separators since the line's start
  kRecord1,    // the byte one record back, and the record's length
  kRecord2,    // the bytes one and two records back
  kRecord3,    // the byte one record back, the last byte, the place in the record
  kCount
};

inline constexpr size_t kFeatureCount = static_cast<size_t>(Feature::kCount);

// Finds the length of the records a block consists of, if it does: the distance at which equal
// bytes recur.
struct RecordFinder {
  static constexpr uint32_t kLongest = 4096;  // bytes
  static constexpr uint32_t kTrusted = 12;    // votes ahead of the other lengths
  static constexpr uint32_t kMostVotes = 64;

  uint32_t length;  // of a record, 0: none found
  uint32_t candidate;
  uint32_t votes;
  uint32_t last_seen[256];  // [byte] position behind its last occurrence
  uint32_t last_gap[256];   // [byte] distance between its last two

  // c was appended and is at position - 1. Two equal distances in a row are a vote (majority vote,
  // Boyer and Moore).
  [[gnu::always_inline]] void append(uint8_t c, uint32_t position) {
    const uint32_t gap = position - last_seen[c];
    last_seen[c] = position;
    if (gap > 1 && gap <= kLongest && gap == last_gap[c]) {
      if (gap == candidate) {
        votes += votes < kMostVotes;
        if (votes >= kTrusted) length = candidate;
      } else if (votes == 0) {
        candidate = gap;
        votes = 1;
      } else {
        --votes;
      }
    }
    last_gap[c] = gap;
  }
};

struct History {
  static constexpr Feature kLastForetold = Feature::kGap;

  uint32_t feature[kFeatureCount];
  uint64_t last8;          // the last eight bytes, the newest lowest
  uint32_t position;       // bytes seen
  uint32_t line_start;     // position of the first byte of this line
  uint32_t previous_line;  // ... and of the line before
  bool records;            // look for records: set for binary blocks
  RecordFinder record;
  uint16_t after1[256];    // [byte] the two bytes that followed it last, the newer lower
  uint16_t after2[65536];  // [two bytes] likewise

  // bytes: the block so far, `position` bytes valid. Appends the byte at bytes[position].
  [[gnu::always_inline]] void append(const uint8_t* bytes) {
    const uint8_t c = bytes[position];
    const auto c1 = static_cast<uint8_t>(last8);
    const auto c2 = static_cast<uint16_t>(last8);
    after1[c1] = static_cast<uint16_t>(after1[c1] << 8 | c);
    after2[c2] = static_cast<uint16_t>(after2[c2] << 8 | c);
    last8 = last8 << 8 | c;
    ++position;

    set(Feature::kByte1, c);
    set(Feature::kBytes2, static_cast<uint32_t>(last8 & 0xFFFF));
    set(Feature::kBytes3, static_cast<uint32_t>(last8 & 0xFFFFFF));
    set(Feature::kBytes4, static_cast<uint32_t>(last8));
    set(Feature::kBytes5, fold(last8 & 0xFFFFFFFFFF));
    set(Feature::kBytes6, fold(last8 & 0xFFFFFFFFFFFF));
    set(Feature::kSkip1, static_cast<uint32_t>(last8 >> 8 & 0xFF));
    set(Feature::kSkip2, static_cast<uint32_t>(last8 >> 8 & 0xFFFF));
    set(Feature::kSkip3, static_cast<uint32_t>(last8 >> 16 & 0xFFFF));
    set(Feature::kIndirect1, after1[c]);
    set(Feature::kIndirect2, after2[static_cast<uint16_t>(last8)]);
    append_to_word(c);
    append_to_line(c, bytes);
    if (records) append_to_record(c, bytes);
  }

  [[nodiscard]] [[gnu::always_inline]] uint32_t get(Feature f) const {
    return feature[static_cast<size_t>(f)];
  }

  // Whether foretell() has it: what follows from the last bytes and the word alone.
  [[nodiscard]] static constexpr bool is_foretold(Feature f) { return f <= kLastForetold; }

  // What features would be after one more byte; of those that are foretold.
  [[gnu::always_inline]] void foretell(uint8_t c, uint32_t* foretold) const {
    const auto set = [&](Feature f, uint32_t value) { foretold[static_cast<size_t>(f)] = value; };
    const uint64_t bytes = last8 << 8 | c;
    set(Feature::kNone, 0);
    set(Feature::kByte1, c);
    set(Feature::kBytes2, static_cast<uint32_t>(bytes & 0xFFFF));
    set(Feature::kBytes3, static_cast<uint32_t>(bytes & 0xFFFFFF));
    set(Feature::kBytes4, static_cast<uint32_t>(bytes));
    set(Feature::kBytes5, fold(bytes & 0xFFFFFFFFFF));
    set(Feature::kBytes6, fold(bytes & 0xFFFFFFFFFFFF));
    const uint32_t word = get(Feature::kWord);
    const bool letter = is_letter(c);
    const bool ends = !letter && word != 0;
    set(Feature::kWord, letter ? longer_word(word, c) : 0);
    set(Feature::kWord1, ends ? word : get(Feature::kWord1));
    set(Feature::kWord2, ends ? get(Feature::kWord1) : get(Feature::kWord2));
    set(Feature::kGap, letter ? 0 : longer_gap(get(Feature::kGap), c));
  }

 private:
  [[gnu::always_inline]] void set(Feature f, uint32_t value) {
    feature[static_cast<size_t>(f)] = value;
  }

  [[gnu::always_inline]] static uint32_t fold(uint64_t x) {
    return static_cast<uint32_t>((x * 0x9E3779B97F4A7C15u) >> 32);
  }

  [[gnu::always_inline]] static bool is_upper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
  [[gnu::always_inline]] static bool is_letter(uint8_t c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || c >= 128;
  }
  [[gnu::always_inline]] static uint32_t longer_word(uint32_t word, uint8_t c) {
    word = (word + c + (is_upper(c) ? 32u : 0u) + 1) * 0x2F0B4C47u;
    return word ^ word >> 15;
  }
  [[gnu::always_inline]] static uint32_t longer_gap(uint32_t gap, uint8_t c) {
    return (gap + c + 1) * 0x3D4D51CBu;
  }

  [[gnu::always_inline]] void append_to_word(uint8_t c) {
    uint32_t& word = feature[static_cast<size_t>(Feature::kWord)];
    if (is_letter(c)) {
      word = longer_word(word, c);
      set(Feature::kGap, 0);
    } else {
      if (word != 0) {
        set(Feature::kWord2, get(Feature::kWord1));
        set(Feature::kWord1, word);
        word = 0;
      }
      set(Feature::kGap, longer_gap(get(Feature::kGap), c));
    }
  }

  [[gnu::always_inline]] void append_to_record(uint8_t c, const uint8_t* bytes) {
    record.append(c, position);
    const uint32_t length = record.length;
    const uint32_t back1 = length != 0 && position >= length ? bytes[position - length] : 0;
    const uint32_t back2 = length != 0 && position >= 2 * length ? bytes[position - 2 * length] : 0;
    const uint32_t place = length != 0 ? position % length : 0;
    set(Feature::kRecord1, back1 | length << 8);
    set(Feature::kRecord2, back1 | back2 << 8 | place << 16);
    set(Feature::kRecord3, back1 | uint32_t{c} << 8 | place << 16);
  }

  [[gnu::always_inline]] void append_to_line(uint8_t c, const uint8_t* bytes) {
    if (c == '\n') {
      previous_line = line_start;
      line_start = position;
      set(Feature::kLineStart, 0);
      set(Feature::kField, 0);
    } else {
      const bool separator = c == ' ' || c == ',' || c == '\t' || c == ';' || c == '|' || c == ':';
      if (get(Feature::kField) == 0)
        set(Feature::kLineStart, (get(Feature::kLineStart) + c + 1) * 0x2F0B4C47u);
      if (separator) set(Feature::kField, get(Feature::kField) + 1);
    }
    const uint32_t column = position - line_start;
    const uint32_t above = previous_line + column;
    set(Feature::kColumn, column < 255 ? column : 255);
    set(Feature::kAbove, above < line_start ? bytes[above] : 0);
    set(Feature::kAbove2,
        above + 1 < line_start ? (bytes[above] | uint32_t{bytes[above + 1]} << 8 | 0x10000u) : 0);
  }
};

}  // namespace pith::ngram
