// PLACEHOLDER, replaced within the hour by ngram_method.cpp: an order-1 bit model so that the container can be built.
#include <cstring>
#include "container/ngram_method.h"
namespace pith::container {
namespace {
struct Model { uint16_t p[65536]; };
void init(Model* m) { for (auto& p : m->p) p = 32768; }
}
size_t ngram_memory(const NgramConfig& c) { return sizeof(Model) + size_t{c.raw_size} * 8; }
size_t ngram_encode(const NgramConfig&, std::span<const uint8_t> raw, std::span<uint8_t> coded, std::span<uint8_t> memory, BlockControl* control) {
  auto* m = reinterpret_cast<Model*>(memory.data()); init(m);
  uint32_t x1 = 0, x2 = 0xffffffff; size_t n = 0; uint8_t c1 = 0; size_t i = 0;
  for (uint8_t c : raw) {
    if (control && (++i & 4095) == 0) { control->raw_bytes_done = i; if (control->cancel) return 0; }
    for (unsigned ctx = 1, k = 0; k < 8; ++k) {
      unsigned bit = (c >> (7 - k)) & 1; auto& p = m->p[(c1 << 8) | ctx];
      uint32_t mid = x1 + static_cast<uint32_t>((uint64_t{x2 - x1} * (p | 1)) >> 16);
      if (bit) { x2 = mid; p = static_cast<uint16_t>(p + ((65535 - p) >> 5)); } else { x1 = mid + 1; p = static_cast<uint16_t>(p - (p >> 5)); }
      while (((x1 ^ x2) >> 24) == 0) { if (n == coded.size()) return 0; coded[n++] = static_cast<uint8_t>(x2 >> 24); x1 <<= 8; x2 = (x2 << 8) | 255; }
      ctx = ctx * 2 + bit;
    }
    c1 = c;
  }
  for (int k = 0; k < 4; ++k) { if (n == coded.size()) return 0; coded[n++] = static_cast<uint8_t>(x1 >> 24); x1 <<= 8; if (k == 0) x1 |= 0; }
  if (control) control->raw_bytes_done = raw.size();
  return n;
}
bool ngram_decode(const NgramConfig&, std::span<const uint8_t> coded, std::span<uint8_t> raw, std::span<uint8_t> memory, BlockControl* control) {
  auto* m = reinterpret_cast<Model*>(memory.data()); init(m);
  uint32_t x1 = 0, x2 = 0xffffffff, x = 0; size_t n = 0; uint8_t c1 = 0; size_t i = 0;
  auto next = [&]() -> uint32_t { return n < coded.size() ? coded[n++] : 0; };
  for (int k = 0; k < 4; ++k) x = (x << 8) | next();
  for (uint8_t& out : raw) {
    if (control && (++i & 4095) == 0) { control->raw_bytes_done = i; if (control->cancel) return false; }
    unsigned ctx = 1;
    for (int k = 0; k < 8; ++k) {
      auto& p = m->p[(c1 << 8) | ctx];
      uint32_t mid = x1 + static_cast<uint32_t>((uint64_t{x2 - x1} * (p | 1)) >> 16);
      unsigned bit = x <= mid;
      if (bit) { x2 = mid; p = static_cast<uint16_t>(p + ((65535 - p) >> 5)); } else { x1 = mid + 1; p = static_cast<uint16_t>(p - (p >> 5)); }
      while (((x1 ^ x2) >> 24) == 0) { x1 <<= 8; x2 = (x2 << 8) | 255; x = (x << 8) | next(); }
      ctx = ctx * 2 + bit;
    }
    out = c1 = static_cast<uint8_t>(ctx);
  }
  if (control) control->raw_bytes_done = raw.size();
  return true;
}
const char* ngram_kernel_name() { return "scalar"; }
std::span<const char* const> ngram_kernel_names() { static const char* const k[] = {"scalar"}; return k; }
bool ngram_force_kernel(const char* name) { return std::strcmp(name, "scalar") == 0; }
}  // namespace pith::container
