// Rotary positions (Su et al. 2021): the angles that channel pairs turn by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pith::model {

inline constexpr int kSineBits = 14;
inline constexpr int kTurnBits = 12;  // a turn has 2^12 angles
inline constexpr uint32_t kTurnAngles = 1u << kTurnBits;

// [kTurnAngles + kTurnAngles / 4] the sine of i / kTurnAngles turns, kSineBits; the cosine is a
// quarter of a turn further on.
extern const std::array<int16_t, kTurnAngles + kTurnAngles / 4> kSine;

// [width / 2] what the pairs of a head turn by with each token, in 2^-32 turns: 2^32 / (2 pi) *
// 10000^(-2 i / width).
[[nodiscard]] std::vector<uint32_t> rotary_turns(size_t width);

}  // namespace pith::model
