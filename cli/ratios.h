// The figures by which compression is judged.
#pragma once

#include <cstdint>

namespace pith::cli {

struct Ratios {
  double ratio = 0;          // uncompressed / compressed; 0 if that is not a number
  double bits_per_byte = 0;  // compressed bits for an uncompressed byte; 0 if there are none
};

[[nodiscard]] inline Ratios ratios_of(uint64_t raw, uint64_t coded) {
  Ratios out;
  if (coded > 0) out.ratio = static_cast<double>(raw) / static_cast<double>(coded);
  if (raw > 0) out.bits_per_byte = 8 * static_cast<double>(coded) / static_cast<double>(raw);
  return out;
}

// Thousands of bytes; 0 if no time has passed.
[[nodiscard]] inline double kilobytes_per_second(uint64_t bytes, double seconds) {
  return seconds > 0 ? static_cast<double>(bytes) / 1000 / seconds : 0;
}

}  // namespace pith::cli
