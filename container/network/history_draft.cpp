#include "container/network/history_draft.h"

#include <algorithm>
#include <cstring>

namespace pith::container {
namespace {

// A draft that is right saves a step, one that is wrong costs a third of one.
constexpr uint32_t kWorthwhile = 27000;  // 0.41, in 1/2^16
constexpr uint16_t kRightAtFirst = 16000;
constexpr int kRate = 5;

constexpr uint32_t kCheckBits = 8;

uint32_t mixed(uint32_t context, uint32_t token) {
  return (context + token + 1) * 0x9E3779B1u ^ (context >> 15);
}

}  // namespace

HistoryDraft::HistoryDraft(uint8_t* memory) : slots_(reinterpret_cast<Slot*>(memory)) {
  std::memset(memory, 0, kMemory);
  for (auto& rates : right_) rates.fill(kRightAtFirst);
}

HistoryDraft::Places HistoryDraft::places_of(Token third, Token second, Token first) {
  const uint32_t one = mixed(0, first);
  const uint32_t two = mixed(one, second);
  return {one, two, mixed(two, third)};
}

const HistoryDraft::Slot* HistoryDraft::find(size_t order, uint32_t place) const {
  const Slot& slot = slots_[(order << kSlotBits) + (place >> (32 - kSlotBits))];
  const auto check = static_cast<uint8_t>(place >> (32 - kSlotBits - kCheckBits));
  return slot.confidence != 0 && slot.check == check ? &slot : nullptr;
}

size_t HistoryDraft::after(Token token, std::span<Token> drafts) const {
  if (drafts.empty()) return 0;
  const Places places = places_of(last_[1], last_[0], token);
  uint32_t best = kWorthwhile;
  size_t count = 0;
  for (size_t order = 0; order < kOrders; ++order) {
    const Slot* const slot = find(order, places[order]);
    if (slot == nullptr || right_[order][slot->confidence] < best) continue;
    best = right_[order][slot->confidence];
    drafts[0] = slot->token;
    count = 1;
  }
  return count;
}

void HistoryDraft::took(Token token) {
  const Places places = places_of(last_[2], last_[1], last_[0]);
  for (size_t order = 0; order < kOrders; ++order) {
    const uint32_t place = places[order];
    Slot& slot = slots_[(order << kSlotBits) + (place >> (32 - kSlotBits))];
    const bool known = find(order, place) != nullptr;
    if (known) {
      uint16_t& right = right_[order][slot.confidence];
      const int target = slot.token == token ? 65535 : 0;
      right = static_cast<uint16_t>(right + (target - right) / (1 << kRate));
    }
    if (known && slot.token == token) {
      slot.confidence =
          static_cast<uint8_t>(std::min<uint32_t>(slot.confidence + 1u, kConfidenceMax));
    } else if (known && slot.confidence > 1) {
      slot.confidence /= 2;
    } else {
      slot = {token, static_cast<uint8_t>(place >> (32 - kSlotBits - kCheckBits)), 1};
    }
  }
  last_ = {token, last_[0], last_[1]};
}

}  // namespace pith::container
