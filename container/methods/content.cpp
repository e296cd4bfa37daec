#include "container/methods/content.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pith::container {
namespace {

using ngram::ContentKind;

// ---- Incompressible? ----
// Two random draws from n equally likely values agree with probability 1/n. More agreement among
// the bytes, or among the pairs of neighbouring bytes, means structure a model can use. (Collision
// entropy is never above Shannon's, so the test errs towards "compressible".) Long repeats of
// random bytes are caught by a third test over a whole block.

constexpr size_t kPieceSize = 64 * 1024;
constexpr size_t kShortestSample = 256;

// Whether `collisions` is no more than chance: the mean plus 2 % plus four standard deviations. The
// draws number n with `values` equally likely values; Poisson, so the deviation is the square root
// of the mean.
bool no_more_than_chance(uint64_t collisions, uint64_t n, uint64_t values) {
  const uint64_t mean = n * (n - 1) / 2 / values;
  const uint64_t limit = mean + mean / 50;
  if (collisions <= limit) return true;
  const uint64_t excess = collisions - limit;
  return excess * excess <= 16 * (mean + 1);
}

// Collisions among bytes and among pairs of one piece. The tables are on the stack of the caller's
// thread: 128 KiB.
bool piece_looks_random(std::span<const uint8_t> piece) {
  std::array<uint32_t, 256> bytes{};
  for (uint8_t byte : piece) ++bytes[byte];
  uint64_t byte_collisions = 0;
  for (uint64_t count : bytes) byte_collisions += count * (count - 1) / 2;
  if (!no_more_than_chance(byte_collisions, piece.size(), bytes.size())) return false;

  std::array<uint16_t, 65536> pairs{};
  uint64_t pair_collisions = 0;
  for (size_t i = 1; i < piece.size(); ++i) {
    pair_collisions += pairs[static_cast<size_t>(piece[i - 1] << 8 | piece[i])]++;
  }
  return no_more_than_chance(pair_collisions, piece.size() - 1, pairs.size());
}

// Random bytes that come again, anywhere in the block: remembers the 8 bytes at positions picked by
// their content (so that a repeat picks the same ones), and counts how many were seen before.
bool repeats_itself(std::span<const uint8_t> raw) {
  constexpr unsigned kTableBits = 14;
  constexpr uint64_t kPick = 255;  // one position in 256
  std::array<uint64_t, size_t{1} << kTableBits> seen{};
  uint64_t picked = 0;
  uint64_t repeated = 0;
  uint64_t window = 0;
  for (size_t i = 0; i < raw.size(); ++i) {
    window = window << 8 | raw[i];
    const uint64_t hash = window * 0x9E3779B97F4A7C15u;
    if (i < 7 || (hash >> 40 & kPick) != 0) continue;
    uint64_t& slot = seen[hash >> (64 - kTableBits)];
    ++picked;
    if (slot == window) ++repeated;
    slot = window;
  }
  return repeated * 50 > picked;  // 2 %
}

// Text leaves at its first piece; only what looks random to the end is looked at whole.
bool block_looks_random(std::span<const uint8_t> raw) {
  if (raw.size() < kShortestSample) return false;
  // One piece in 64 may be compressible: headers and tables between compressed parts.
  const size_t allowed = raw.size() / kPieceSize / 64;
  size_t compressible = 0;
  for (size_t at = 0; raw.size() - at >= kShortestSample; at += kPieceSize) {
    const size_t size = std::min(kPieceSize, raw.size() - at);
    if (!piece_looks_random(raw.subspan(at, size)) && ++compressible > allowed) return false;
    if (size < kPieceSize) break;
  }
  return !repeats_itself(raw);
}

// ---- Text, structured or binary? ----

constexpr size_t kSamples = 16;
constexpr size_t kSampleSize = 4096;

struct ByteCounts {
  uint64_t control = 0;  // that no text holds
  uint64_t invalid = 0;  // at least 0x80 and not UTF-8
  uint64_t digits = 0;
  uint64_t spaces = 0;  // and ends of lines
  uint64_t total = 0;
  uint64_t column_matches = 0;  // bytes equal to the one above them in the line before
  uint64_t column_total = 0;
};

// Length of the UTF-8 sequence at text[0] (at least 0x80), 0 if it is not one. Cut at the end: as
// far as it goes.
size_t utf8_length(std::span<const uint8_t> text) {
  const uint8_t lead = text[0];
  const size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                        : lead >= 0xE0 && lead < 0xF0 ? 3
                        : lead >= 0xF0 && lead < 0xF5 ? 4
                                                      : 0;
  const size_t have = std::min(length, text.size());
  for (size_t i = 1; i < have; ++i) {
    if ((text[i] & 0xC0) != 0x80) return 0;
  }
  return have;
}

bool is_text_control(uint8_t byte) {
  // Bell and backspace to carriage return, and escape: printers and terminals.
  return (byte >= 0x07 && byte <= 0x0D) || byte == 0x1B;
}

void count_classes(std::span<const uint8_t> sample, ByteCounts* counts) {
  for (size_t i = 0; i < sample.size();) {
    const uint8_t byte = sample[i];
    // Padding says nothing: tar archives of text are text.
    if (i >= 2 && byte == sample[i - 1] && byte == sample[i - 2]) {
      ++i;
      continue;
    }
    const size_t length = byte < 0x80 ? 1 : utf8_length(sample.subspan(i));
    const size_t step = std::max<size_t>(length, 1);
    counts->total += step;
    if (length == 0) {
      ++counts->invalid;
    } else if (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t') {
      ++counts->spaces;
    } else if ((byte < 0x20 && !is_text_control(byte)) || byte == 0x7F) {
      ++counts->control;
    } else if (byte >= '0' && byte <= '9') {
      ++counts->digits;
    }
    i += step;
  }
}

// How much of each line repeats, column by column, the line before: the mark of logs and tables.
void count_columns(std::span<const uint8_t> sample, ByteCounts* counts) {
  constexpr size_t kColumns = 64;
  size_t above = 0;  // start of the line before
  size_t line = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == '\n') {
      above = line;
      line = i + 1;
      continue;
    }
    const size_t column = i - line;
    if (above == line || column >= kColumns) continue;
    ++counts->column_total;
    if (above + column < line && sample[i] == sample[above + column] && sample[i] != ' ') {
      ++counts->column_matches;
    }
  }
}

ByteCounts count_samples(std::span<const uint8_t> raw) {
  ByteCounts counts;
  auto add = [&counts](std::span<const uint8_t> sample) {
    count_classes(sample, &counts);
    count_columns(sample, &counts);
  };
  if (raw.size() <= kSamples * kSampleSize) {
    add(raw);
  } else {
    for (size_t i = 0; i < kSamples; ++i) {
      add(raw.subspan(i * (raw.size() - kSampleSize) / (kSamples - 1), kSampleSize));
    }
  }
  return counts;
}

// Thresholds from the Silesia, Canterbury and Calgary files and 27 kinds of other text. Prose, code
// and markup: control bytes below 0.2 %, digits below 11 % of what is not space, column matches
// below 16 %. Logs, tables and JSON: digits above 13 % or columns above 30 %. Binaries: control
// bytes above 11 %.
ContentKind classify(const ByteCounts& counts) {
  if (counts.control * 20 > counts.total) return ContentKind::kBinary;
  // Text in an old 8-bit encoding still has spaces; pixels and samples do not.
  if (counts.invalid * 20 > counts.total && counts.spaces * 20 < counts.total) {
    return ContentKind::kBinary;
  }
  if (counts.digits * 100 > (counts.total - counts.spaces) * 12) return ContentKind::kStructured;
  if (counts.column_matches * 4 > counts.column_total) return ContentKind::kStructured;
  return ContentKind::kText;
}

}  // namespace

ContentKind detect_content(std::span<const uint8_t> raw) {
  if (block_looks_random(raw)) return ContentKind::kIncompressible;
  return classify(count_samples(raw));
}

bool looks_incompressible(std::span<const uint8_t> sample) {
  return block_looks_random(sample.first(std::min(sample.size(), kPieceSize)));
}

}  // namespace pith::container
