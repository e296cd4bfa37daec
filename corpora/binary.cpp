// Binary files with structure.
#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

// About a sine wave, from a table of a quarter of it; phase 0..255, result -100..100.
int wave(uint32_t phase) {
  constexpr int kQuarter[17] = {0,  10, 20, 29, 38, 47, 56,  63, 71,
                                77, 83, 88, 92, 96, 98, 100, 100};
  const uint32_t step = phase / 4 % 64;
  const uint32_t within = step % 16;
  switch (step / 16) {
    case 0:
      return kQuarter[within];
    case 1:
      return kQuarter[16 - within];
    case 2:
      return -kQuarter[within];
    default:
      return -kQuarter[16 - within];
  }
}

// 512 bytes before each member, in the manner of tar.
void write_archive_header(Writer& out, std::string_view name, uint32_t size) {
  const size_t start = out.size();
  const auto pad_to = [&](size_t offset) {
    while (!out.full() && out.size() < start + offset) out.byte(0);
  };
  out.text(name);
  pad_to(100);
  out.text("0000644");
  pad_to(108);
  out.text("0001750");
  pad_to(116);
  out.text("0001750");
  pad_to(124);
  for (int shift = 30; shift >= 0; shift -= 3) {
    out.byte(static_cast<uint8_t>('0' + (static_cast<uint64_t>(size) >> shift & 7)));
  }
  pad_to(257);
  out.text("ustar");
  pad_to(512);
}

}  // namespace

void write_records(Writer& out, Random& random) {
  // 32 bytes each: number, time, two prices, kind, flags, short name.
  uint32_t time = 1'600'000'000;
  uint32_t price = 10'000;
  const Words& list = words();
  for (uint32_t number = 0; !out.full(); ++number) {
    time += random.zipf(60);
    price += random.below(21);
    price -= 10;
    out.integer(number, 4);
    out.integer(time, 4);
    out.integer(price, 4);
    out.integer(price + random.zipf(16), 4);
    out.integer(random.zipf(6), 2);
    out.integer(random.chance(10) ? 0x8001 : 1, 2);
    const std::string_view name = random.pick_zipf(list.names);
    for (size_t i = 0; i < 12; ++i) out.byte(i < name.size() ? static_cast<uint8_t>(name[i]) : 0);
  }
}

void write_executable(Writer& out, Random& random) {
  // Calls and jumps with relative targets, short moves, stack frames, and islands of tables and
  // text.
  Sentences sentences(random);
  out.text(
      "\x7F"
      "ELF\x02\x01\x01");
  out.repeat(0, 57);
  while (!out.full()) {
    const uint32_t instructions = random.between(40, 300);
    for (uint32_t i = 0; i < instructions; ++i) {
      switch (random.zipf(9)) {
        case 0:
          out.text("\x48\x8B");
          out.byte(static_cast<uint8_t>(0x45 + 8 * random.zipf(7)));
          out.byte(static_cast<uint8_t>(0xF8 - 8 * random.zipf(12)));
          break;
        case 1:
          out.byte(0xE8);
          out.integer(static_cast<uint64_t>(0x4000 + 16 * random.zipf(400)) - out.size(), 4);
          break;
        case 2:
          out.text("\x48\x89");
          out.byte(static_cast<uint8_t>(0xC0 + random.zipf(63)));
          break;
        case 3:
          out.byte(static_cast<uint8_t>(0x74 + random.below(2)));
          out.byte(static_cast<uint8_t>(random.zipf(127)));
          break;
        case 4:
          out.text("\x0F\xB6");
          out.byte(random.byte());
          break;
        case 5:
          out.byte(0xBF);
          out.integer(random.zipf(5'000), 4);
          break;
        case 6:
          out.text("\x83\xC0");
          out.byte(static_cast<uint8_t>(random.zipf(32)));
          break;
        default:
          out.text("\x55\x48\x89\xE5");
          break;
      }
    }
    out.text("\xC9\xC3");
    out.repeat(0x90, 16 - out.size() % 16);
    if (random.chance(10)) {
      const uint32_t entries = random.between(8, 60);
      for (uint32_t i = 0; i < entries; ++i) out.integer(0x400000 + 16 * random.below(9'000), 8);
    }
    if (random.chance(15)) {
      out.text(sentences.sentence());
      out.byte(0);
    }
  }
}

void write_bitmap(Writer& out, Random& random) {
  // 8 bits a pixel, 256 wide: soft waves with a little noise.
  const uint32_t slope = random.between(1, 5);
  for (uint32_t y = 0; !out.full(); ++y) {
    for (uint32_t x = 0; x < 256; ++x) {
      const int value = 128 + wave(x * slope + y) / 2 + wave(y * 2 + x) / 3;
      out.byte(static_cast<uint8_t>(value + static_cast<int>(random.below(5)) - 2));
    }
  }
}

void write_audio(Writer& out, Random& random) {
  // 16 bits, two channels.
  uint32_t pitch = 300;
  uint32_t phase = 0;
  for (uint32_t sample = 0; !out.full(); ++sample) {
    if (sample % 4'000 == 0) pitch = random.between(100, 900);
    phase += pitch;
    for (uint32_t channel = 0; channel < 2; ++channel) {
      const int value = wave(phase / 100 + channel * 16) * 200 + wave(phase / 33) * 60 +
                        static_cast<int>(random.below(64)) - 32;
      out.integer(static_cast<uint64_t>(static_cast<int64_t>(value)), 2);
    }
  }
}

void write_sparse(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    out.repeat(0, random.between(50, 5'000));
    if (random.chance(50)) {
      out.text(sentences.sentence());
    } else {
      const uint32_t count = random.between(1, 40);
      for (uint32_t i = 0; i < count; ++i) out.byte(random.byte());
    }
  }
}

void write_archive(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    sentences.new_topic();
    std::string name = sentences.noun();
    name += "/" + sentences.noun();
    const std::string body = sentences.paragraph(random.between(3, 60));
    write_archive_header(out, name + ".txt", static_cast<uint32_t>(body.size()));
    out.text(body);
    out.repeat(0, (512 - body.size() % 512) % 512);
  }
}

}  // namespace pith::corpus
