// Networks of fixed random weights, the same on every machine: what engines are tested with.
#pragma once

#include <cstdint>

#include "model/integer_model.h"

namespace pith::model {

// Numbers without a pattern that would matter: a congruence modulo 2^64 (its upper half).
class PlainRandom {
 public:
  explicit PlainRandom(uint64_t seed) : state_(seed) {}
  // In [0, limit).
  [[nodiscard]] uint32_t below(uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>((state_ >> 32) * limit >> 32);
  }
  // In [low, high].
  [[nodiscard]] int32_t between(int32_t low, int32_t high) {
    return low + static_cast<int32_t>(below(static_cast<uint32_t>(high - low) + 1));
  }

 private:
  uint64_t state_;
};

// A model of this shape, without a vocabulary, whose numbers are of usual sizes. Of every few
// results some saturate.
[[nodiscard]] IntegerModel random_model(const NetworkConfig& config, uint64_t seed);

}  // namespace pith::model
