#include "model/vocab/line_ends.h"

#include <cstring>

namespace pith::model {
namespace {

// A lone LF costs a byte or two in the list; a CR LF that stays costs little where it is the rule.
constexpr size_t kFoldsPerLone = 8;

// Appends bytes to a place that is large enough.
class Writer {
 public:
  explicit Writer(std::span<uint8_t> out) : out_(out) {}

  void bytes(const uint8_t* begin, const uint8_t* end) {
    if (begin == end) return;  // of an empty text there may be no pointer
    std::memcpy(out_.data() + size_, begin, static_cast<size_t>(end - begin));
    size_ += static_cast<size_t>(end - begin);
  }
  void byte(uint8_t value) { out_[size_++] = value; }
  void varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<uint8_t>(value | 0x80));
    byte(static_cast<uint8_t>(value));
  }
  [[nodiscard]] size_t size() const { return size_; }

 private:
  std::span<uint8_t> out_;
  size_t size_ = 0;
};

// The list of lone LFs, one after another.
class LoneList {
 public:
  explicit LoneList(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  [[nodiscard]] bool at_end() const { return pos_ == bytes_.size(); }

  // False at the end, and for anything but a minimal varint of at most 64 bits.
  [[nodiscard]] bool next(uint64_t* value) {
    *value = 0;
    for (unsigned shift = 0; pos_ < bytes_.size() && shift < 64; shift += 7) {
      const uint8_t byte = bytes_[pos_++];
      if (shift == 63 && byte > 1) return false;
      *value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return byte != 0 || shift == 0;
    }
    return false;
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t pos_ = 0;
};

const uint8_t* find_line_end(const uint8_t* from, const uint8_t* end) {
  if (from == end) return end;  // of an empty text there may be no pointer
  const void* const at = std::memchr(from, '\n', static_cast<size_t>(end - from));
  return at != nullptr ? static_cast<const uint8_t*>(at) : end;
}

}  // namespace

LineEnds count_line_ends(std::span<const uint8_t> text) {
  LineEnds ends;
  const uint8_t* const begin = text.data();
  const uint8_t* const end = begin + text.size();
  for (const uint8_t* at = find_line_end(begin, end); at != end; at = find_line_end(at + 1, end)) {
    ++(at != begin && at[-1] == '\r' ? ends.cr_lf : ends.lone);
  }
  return ends;
}

bool folding_pays(const LineEnds& ends) { return ends.cr_lf > kFoldsPerLone * ends.lone; }

size_t fold_line_ends(std::span<const uint8_t> raw, std::span<uint8_t> text,
                      std::span<uint8_t> lone) {
  Writer folded(text);
  Writer list(lone);
  uint64_t between = 0;  // LFs since the last lone one
  const uint8_t* next = raw.data();
  const uint8_t* const end = next + raw.size();
  for (;;) {
    const uint8_t* const at = find_line_end(next, end);
    const bool folds = at != end && at != raw.data() && at[-1] == '\r';
    folded.bytes(next, folds ? at - 1 : at);
    if (at == end) return list.size();
    folded.byte('\n');
    if (folds) {
      ++between;
    } else {
      list.varint(between);
      between = 0;
    }
    next = at + 1;
  }
}

std::vector<uint8_t> folded_text(std::span<const uint8_t> raw) {
  const LineEnds ends = count_line_ends(raw);
  std::vector<uint8_t> text(raw.size() - ends.cr_lf);
  std::vector<uint8_t> lone(lone_list_most(ends));
  fold_line_ends(raw, text, lone);
  return text;
}

bool unfold_line_ends(std::span<const uint8_t> text, std::span<const uint8_t> lone,
                      std::span<uint8_t> raw) {
  LoneList list(lone);
  uint64_t between = 0;  // line ends to fill before the next lone one
  bool any_lone = !list.at_end();
  if (any_lone && !list.next(&between)) return false;
  size_t size = 0;
  const uint8_t* next = text.data();
  const uint8_t* const end = next + text.size();
  while (next != end) {
    const uint8_t* const at = find_line_end(next, end);
    const auto length = static_cast<size_t>(at - next);
    if (length > raw.size() - size) return false;
    if (length != 0) std::memcpy(raw.data() + size, next, length);
    size += length;
    if (at == end) break;
    const bool is_lone = any_lone && between == 0;
    if (raw.size() - size < (is_lone ? 1u : 2u)) return false;
    if (is_lone) {
      // One that follows a CR would have been folded.
      if (size != 0 && raw[size - 1] == '\r') return false;
      any_lone = !list.at_end();
      if (any_lone && !list.next(&between)) return false;
    } else {
      raw[size++] = '\r';
      --between;
    }
    raw[size++] = '\n';
    next = at + 1;
  }
  return size == raw.size() && !any_lone;
}

}  // namespace pith::model
