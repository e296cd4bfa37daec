#include "ngram/prior/choice.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "ngram/ensemble.h"

namespace pith::ngram {
namespace {

constexpr size_t kPlaces = 16;
constexpr size_t kPlaceBytes = 256;
constexpr uint32_t kUnknown = 12 * 256;  // cost of a byte that no order foresaw, in 1/256 bit
constexpr size_t kOrders = 3;

// log2 of x > 0 in 1/256: linear between powers of two.
uint32_t log2_of(uint32_t x) {
  assert(x > 0);
  const auto whole = static_cast<uint32_t>(std::bit_width(x) - 1);
  const auto part = static_cast<uint32_t>(((uint64_t{x} << 8) >> whole) - 256);
  return whole * 256 + part;
}

// [order 4, 3, 2] of the context before the byte.
std::array<uint32_t, kOrders> hashes(uint32_t last4) {
  return {context_hash(last4, 0, 0, ContextSpec{Feature::kBytes4}.id),
          context_hash(last4 & 0xFFFFFF, 0, 0, ContextSpec{Feature::kBytes3}.id),
          context_hash(last4 & 0xFFFF, 0, 0, ContextSpec{Feature::kBytes2}.id)};
}

uint32_t cost_of(const PriorTable& table, const std::array<uint32_t, kOrders>& hash, uint8_t byte) {
  uint32_t cost = 0;
  for (const uint32_t h : hash) {
    PriorEntry entry;
    if (!table.find(h, &entry)) continue;
    // One more for what was never seen.
    const uint32_t total = entry.seen + entry.seen / 16;
    uint32_t known = 0;
    for (size_t k = 0; k < entry.count; ++k) {
      if (entry.byte[k] == byte) return cost + log2_of(total) - log2_of(entry.weight[k]);
      known += entry.weight[k];
    }
    cost += log2_of(total) - log2_of(total - std::min(known, entry.seen));
  }
  return cost + kUnknown;
}

}  // namespace

uint64_t estimated_cost(const PriorTable& table, std::span<const uint8_t> raw, uint64_t enough) {
  uint64_t cost = 0;
  const size_t step = std::max(raw.size() / kPlaces, kPlaceBytes);
  for (size_t start = 0; start < raw.size() && cost < enough; start += step) {
    const size_t end = std::min(start + kPlaceBytes, raw.size());
    uint32_t last4 = 0;
    for (size_t i = start > 4 ? start - 4 : 0; i < start; ++i) last4 = last4 << 8 | raw[i];
    auto hash = hashes(last4);
    for (size_t i = start; i < end && cost < enough; ++i) {
      last4 = last4 << 8 | raw[i];
      const auto next = hashes(last4);
      for (const uint32_t h : next) table.prefetch(h);  // for the byte after this one
      cost += cost_of(table, hash, raw[i]);
      hash = next;
    }
  }
  return cost;
}

}  // namespace pith::ngram
