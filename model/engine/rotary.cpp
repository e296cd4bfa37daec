#include "model/engine/rotary.h"

#include "model/engine/reciprocal_root.h"

namespace pith::model {
namespace {

constexpr size_t kQuarter = kTurnAngles / 4;

// The nearest of 2^-14 to the sine of i / kTurnAngles turns, i in [0, kQuarter]: the series of
// Taylor, in units of 2^-30.
constexpr int16_t sine_of(uint64_t i) {
  constexpr int kBits = 30;
  constexpr int64_t kHalfPi = 1686629713;  // in units of 2^-30
  const int64_t x = (kHalfPi * static_cast<int64_t>(i) + kQuarter / 2) / kQuarter;
  const int64_t square = (x * x) >> kBits;
  int64_t term = x;
  int64_t sum = x;
  for (int64_t k = 2; k < 20; k += 2) {
    term = -((term * square) >> kBits) / (k * (k + 1));
    sum += term;
  }
  return static_cast<int16_t>((sum + (1 << (kBits - kSineBits - 1))) >> (kBits - kSineBits));
}

constexpr std::array<int16_t, kTurnAngles + kQuarter> make_sine() {
  std::array<int16_t, kTurnAngles + kQuarter> table{};
  for (size_t i = 0; i <= kQuarter; ++i) {
    const int16_t sine = sine_of(i);
    table[i] = sine;
    table[2 * kQuarter - i] = sine;
    table[2 * kQuarter + i] = static_cast<int16_t>(-sine);
    table[(4 * kQuarter - i) % kTurnAngles] = static_cast<int16_t>(-sine);
  }
  table[0] = 0;
  for (size_t i = 0; i < kQuarter; ++i) table[kTurnAngles + i] = table[i];
  return table;
}

constexpr int kPowerBits = 31;

// 2^-y in units of 2^-31, y in units of 2^-32: the product of the powers of its bits.
uint64_t power_below_one(uint64_t y) {
  uint64_t power = uint64_t{1} << kPowerBits;
  uint64_t factor = power / 2;  // 2^-1, then 2^-(1/2), 2^-(1/4) ..
  for (int bit = 31; bit >= 0; --bit) {
    factor = integer_root(factor << kPowerBits);
    if ((y >> bit & 1) != 0) power = (power * factor + (uint64_t{1} << 30)) >> kPowerBits;
  }
  return power >> (y >> 32);
}

}  // namespace

constinit const std::array<int16_t, kTurnAngles + kQuarter> kSine = make_sine();

std::vector<uint32_t> rotary_turns(size_t width) {
  constexpr uint64_t kLog2Of10000 = 57070290109;  // in units of 2^-32
  constexpr uint64_t kTurnsOfRadian = 683565276;  // in units of 2^-32
  std::vector<uint32_t> turns;
  for (uint64_t i = 0; i < width / 2; ++i) {
    const uint64_t power = power_below_one(i * kLog2Of10000 / (width / 2));
    turns.push_back(static_cast<uint32_t>((power * kTurnsOfRadian) >> kPowerBits));
  }
  return turns;
}

}  // namespace pith::model
