// Match model: follows the longest earlier occurrence of the latest bytes and expects the byte that
// came next there.
//
// Two hash tables remember where the last kShort and kLong bytes were seen last. After a miss the
// same place is followed on for a while (records and log lines differ in a field and go on alike),
// with its own confidence.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/byte_code.h"
#include "codec/logistic.h"
#include "ngram/adaptive_probability.h"

namespace pith::ngram {

struct MatchModel {
  static constexpr uint32_t kShort = 6;
  static constexpr uint32_t kLong = 16;
  static constexpr uint32_t kPositionBits = 28;  // blocks are at most 2^28 bytes
  static constexpr uint32_t kMaxLength = 400;    // verified or counted, bytes
  static constexpr uint32_t kLengthClasses = 16;
  static constexpr uint32_t kMissClasses = 4;
  static constexpr uint32_t kSome = 1u << 16;
  static constexpr uint32_t kMaps = kLengthClasses * kMissClasses * 2;

  const uint16_t* code;   // [byte] its path, left-aligned
  uint32_t* short_table;  // [1 << table_bits] entries, see entry(); 0: none
  uint32_t* long_table;   // [1 << table_bits] or null
  uint32_t table_bits;
  uint32_t place;      // position of the expected byte, 0: none
  uint32_t length;     // bytes that agreed up to here
  uint32_t misses;     // the last 8 outcomes, newest lowest, 1 = miss
  uint32_t long_hash;  // rolling, of about the last kLong bytes
  uint32_t expected;   // kSome | path of the expected byte; 0: none
  uint32_t row;        // map of the decision in work; kMaps: none
  AdaptiveProbability
      map[kMaps + 1];  // [length class][miss class][expected bit], and one that stays even

  // tables: zeroed. Without long matches only the short table is used.
  void init(const codec::ByteCode& byte_code, uint32_t* tables, uint32_t bits, bool with_long) {
    code = byte_code.code.data();
    short_table = tables;
    long_table = with_long ? tables + (size_t{1} << bits) : nullptr;
    table_bits = bits;
    place = length = misses = long_hash = expected = 0;
    row = kMaps;
    map[kMaps] = adaptive_probability(1u << 21, 0);
  }

  // Before append(), with the same arguments: asks for the table entries that will be looked at ...
  [[gnu::always_inline]] void fetch(uint64_t last8) const {
    __builtin_prefetch(short_table + (short_hash(last8) >> (32 - table_bits)), 1);
    if (long_table == nullptr) return;
    const uint32_t hash = long_hash_after(static_cast<uint8_t>(last8)) * 0x9E3779B1u;
    __builtin_prefetch(long_table + (hash >> (32 - table_bits)), 1);
  }
  // ... and for the bytes that these point at.
  [[gnu::always_inline]] void fetch_bytes(const uint8_t* bytes, uint64_t last8) const {
    if (length >= kShort) return;
    const uint32_t hash = short_hash(last8);
    const uint32_t candidate = candidate_of(short_table[hash >> (32 - table_bits)], hash);
    if (candidate != 0) __builtin_prefetch(bytes + candidate - 1);
  }

  // After the byte at bytes[position - 1] became known; last8: the latest bytes, newest lowest.
  [[gnu::always_inline]] void append(const uint8_t* bytes, uint32_t position, uint64_t last8) {
    const auto c = static_cast<uint8_t>(last8);
    long_hash = long_hash_after(c);
    if (expected != 0) {
      const bool hit = (expected & 0xFFFF) == code[c];
      misses = (misses << 1 | (hit ? 0u : 1u)) & 0xFF;
      length = hit ? (length < kMaxLength ? length + 1 : length) : 0;
      ++place;
      if (misses == 0xFF) expected = place = 0;
    }
    if (position < 8) return;
    if (long_table != nullptr) {
      const uint32_t hash = long_hash * 0x9E3779B1u;
      uint32_t& seen = long_table[hash >> (32 - table_bits)];
      if (length < kLong) take(bytes, position, seen, hash, kLong);
      seen = entry(position, hash);
    }
    const uint32_t hash = short_hash(last8);
    uint32_t& seen = short_table[hash >> (32 - table_bits)];
    if (length < kShort) take(bytes, position, seen, hash, kShort);
    seen = entry(position, hash);
    if (expected != 0) expected = kSome | code[bytes[place]];
  }

  // Before each decision. path: the decisions of the byte so far, left-aligned; depth: their
  // number.
  [[gnu::always_inline]] void choose(uint32_t path, uint32_t depth) {
    row = kMaps;
    if ((expected ^ path ^ kSome) >> (16 - depth) != 0) return;
    const uint32_t bit = expected >> (15 - depth) & 1;
    row = (length_class() * kMissClasses + miss_class()) * 2 + bit;
  }

  [[nodiscard]] [[gnu::always_inline]] bool active() const { return row != kMaps; }

  // 0 without a match, else 1..16: eight classes of length by the expected bit; a context for
  // mixers.
  [[nodiscard]] [[gnu::always_inline]] uint32_t mixer_class() const {
    return active() ? 1 + (row >> 4) * 2 + (row & 1) : 0;
  }
  static constexpr uint32_t kMixerClasses = 17;

  [[gnu::always_inline]] void update(uint32_t bit) {
    if (active()) map[row] = updated(map[row], bit);
  }

 private:
  [[nodiscard]] [[gnu::always_inline]] static uint32_t short_hash(uint64_t last8) {
    return static_cast<uint32_t>(((last8 << 16) * 0x9E3779B97F4A7C15u) >> 32);
  }
  // Two bits leave at the top with each byte.
  [[nodiscard]] [[gnu::always_inline]] uint32_t long_hash_after(uint8_t c) const {
    return (long_hash + c + 1) * (0x2F0B4C47u << 2);
  }

  // A table entry: position in the lower 28 bits, check bits of the hash above, so that few chance
  // hits cost a look. The table is indexed by the hash's upper 20 bits at most; the check is four
  // bits below them.
  [[gnu::always_inline]] static uint32_t entry(uint32_t position, uint32_t hash) {
    return hash >> 8 << kPositionBits | position;
  }

  // The position an entry has for a hash; 0: none, or its check bits are another's.
  [[nodiscard]] [[gnu::always_inline]] static uint32_t candidate_of(uint32_t seen, uint32_t hash) {
    const uint32_t position = seen & ((1u << kPositionBits) - 1);
    return entry(position, hash) == seen ? position : 0;
  }

  // Follows the place an entry points at, if at least so many bytes before it agree and more than
  // now.
  [[gnu::always_inline]] void take(const uint8_t* bytes, uint32_t position, uint32_t seen,
                                   uint32_t hash, uint32_t least) {
    const uint32_t candidate = candidate_of(seen, hash);
    if (candidate == 0 || candidate == place) return;
    uint32_t n = 0;
    while (n < kMaxLength && n < candidate && bytes[candidate - 1 - n] == bytes[position - 1 - n])
      ++n;
    if (n < least || n <= length) return;
    place = candidate;
    length = n;
    misses = 0;
    expected = kSome;
  }

  [[nodiscard]] [[gnu::always_inline]] uint32_t length_class() const {
    if (length < 16) return length / 2;
    if (length < 32) return 8 + (length - 16) / 8;
    if (length < 64) return 10 + (length - 32) / 16;
    return length < 128 ? 12 : length < 256 ? 13 : length < kMaxLength ? 14 : 15;
  }

  [[nodiscard]] [[gnu::always_inline]] uint32_t miss_class() const {
    const auto n = static_cast<uint32_t>(__builtin_popcount(misses));
    return n < kMissClasses ? n : kMissClasses - 1;
  }
};

}  // namespace pith::ngram
