// A small random generator whose numbers are the same everywhere (SplitMix64), with the few
// distributions the corpus needs, all in integers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pith::corpus {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  [[nodiscard]] uint64_t bits64() {
    state_ += 0x9E3779B97F4A7C15u;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  [[nodiscard]] uint32_t bits32() { return static_cast<uint32_t>(bits64() >> 32); }

  [[nodiscard]] uint8_t byte() { return static_cast<uint8_t>(bits64() >> 56); }

  // Uniform in [0, n), n > 0 (up to the bias of a 32-bit multiply, which does not matter here).
  [[nodiscard]] uint32_t below(uint32_t n) {
    return static_cast<uint32_t>((static_cast<uint64_t>(bits32()) * n) >> 32);
  }

  // Uniform in [low, high].
  [[nodiscard]] uint32_t between(uint32_t low, uint32_t high) {
    return low + below(high - low + 1);
  }

  // True with probability percent / 100.
  [[nodiscard]] bool chance(uint32_t percent) { return below(100) < percent; }

  // Rank in [0, n) that falls off like Zipf's law: an octave of ranks is as likely as any other.
  [[nodiscard]] uint32_t zipf(uint32_t n) {
    uint32_t octaves = 0;
    while ((2u << octaves) - 1 < n) ++octaves;
    for (;;) {
      const uint32_t octave = below(octaves + 1);
      const uint32_t rank = (1u << octave) - 1 + below(1u << octave);
      if (rank < n) return rank;
    }
  }

  // One of a list, evenly.
  template <typename T>
  [[nodiscard]] const T& pick(std::span<const T> list) {
    return list[below(static_cast<uint32_t>(list.size()))];
  }

  // One of a list, the first ones more often.
  template <typename T>
  [[nodiscard]] const T& pick_zipf(std::span<const T> list) {
    return list[zipf(static_cast<uint32_t>(list.size()))];
  }

 private:
  uint64_t state_;
};

}  // namespace pith::corpus
