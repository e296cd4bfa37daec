// The ends of the scale: nothing to model, nothing to gain, and everything in turn.
#include <algorithm>

#include "corpora/generate.h"
#include "corpora/kinds.h"
#include "corpora/random.h"
#include "corpora/writer.h"

namespace pith::corpus {

void write_zeros(Writer& out, Random& /*random*/) {
  while (!out.full()) out.byte(0);
}

void write_one_letter(Writer& out, Random& random) {
  const auto letter = static_cast<uint8_t>('a' + random.below(26));
  while (!out.full()) out.byte(letter);
}

void write_random(Writer& out, Random& random) {
  while (!out.full()) out.integer(random.bits64(), 8);
}

void write_compressed(Writer& out, Random& random) {
  // Members of an archive whose payload a compressor has already been at.
  for (uint32_t member = 0; !out.full(); ++member) {
    const uint32_t size = random.between(2'000, 30'000);
    out.text("PK\x03\x04");
    out.integer(20, 2);
    out.integer(8, 4);
    out.integer(random.bits32(), 4);
    out.integer(random.bits32(), 4);
    out.integer(size, 4);
    out.integer(size * 3, 4);
    out.integer(12, 4);
    out.text("part");
    out.decimal(member, 4);
    out.text(".bin");
    for (uint32_t i = 0; i < size && !out.full(); ++i) out.byte(random.byte());
  }
}

void write_base64(Writer& out, Random& random) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (!out.full()) {
    for (int i = 0; i < 76; ++i) out.byte(static_cast<uint8_t>(kDigits[random.below(64)]));
    out.text("\n");
  }
}

void write_hex_dump(Writer& out, Random& random) {
  for (uint32_t offset = 0; !out.full(); offset += 16) {
    out.hex(offset, 8);
    out.text(" ");
    for (int i = 0; i < 16; ++i) {
      out.text(" ");
      out.hex(random.zipf(256), 2);
    }
    out.text("\n");
  }
}

void write_long_repeat(Writer& out, Random& random) {
  // A part that means nothing, again and again, from different places: only distance helps.
  std::vector<uint8_t> part(20'000);
  std::generate(part.begin(), part.end(), [&] { return random.byte(); });
  while (!out.full()) {
    const uint32_t start = random.below(5'000);
    out.raw(std::span<const uint8_t>(part).subspan(start));
  }
}

void write_periodic(Writer& out, Random& random) {
  std::vector<uint8_t> period(random.between(2, 40));
  std::generate(period.begin(), period.end(), [&] { return random.byte(); });
  while (!out.full()) out.raw(period);
}

void write_counter(Writer& out, Random& random) {
  const uint32_t step = random.between(1, 7);
  for (uint32_t value = random.bits32(); !out.full(); value += step) out.integer(value, 4);
}

void write_digits(Writer& out, Random& random) {
  while (!out.full()) out.byte(static_cast<uint8_t>('0' + random.below(10)));
}

void write_mixed(Writer& out, Random& random) {
  while (!out.full()) {
    const Kind& kind = random.pick(kinds());
    if (kind.write == write_mixed) continue;
    Writer part(random.between(500, 20'000));
    kind.write(part, random);
    out.raw(part.bytes());
  }
}

}  // namespace pith::corpus
