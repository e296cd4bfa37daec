// The checksums of the format (docs/format.md): XXH3 with seed 0.
#pragma once

#include <array>
#include <cstdint>
#include <span>

// Inlined: no dependence on the layout of the state in the installed library, and no allocation of
// it.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace pith::container {

using Hash128 = std::array<uint8_t, 16>;  // canonical (big-endian) XXH3-128

inline uint64_t hash64(std::span<const uint8_t> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

inline uint32_t check32(std::span<const uint8_t> bytes) {
  return static_cast<uint32_t>(hash64(bytes));
}

// XXH3-128 of bytes that arrive in pieces.
class Hasher128 {
 public:
  Hasher128() { reset(); }
  void reset() { XXH3_128bits_reset(&state_); }
  void update(std::span<const uint8_t> bytes) {
    if (!bytes.empty()) XXH3_128bits_update(&state_, bytes.data(), bytes.size());
  }
  [[nodiscard]] Hash128 digest() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state_));
    Hash128 hash;
    for (size_t i = 0; i < hash.size(); ++i) hash[i] = canonical.digest[i];
    return hash;
  }

 private:
  XXH3_state_t state_;
};

// XXH3-64 of bytes that arrive in pieces.
class Hasher64 {
 public:
  Hasher64() { XXH3_64bits_reset(&state_); }
  void update(std::span<const uint8_t> bytes) {
    if (!bytes.empty()) XXH3_64bits_update(&state_, bytes.data(), bytes.size());
  }
  [[nodiscard]] uint64_t digest() const { return XXH3_64bits_digest(&state_); }

 private:
  XXH3_state_t state_;
};

}  // namespace pith::container
