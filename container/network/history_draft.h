// What a decoder drafts: a token that followed the same one, two or three tokens before, if that
// has been right often enough in this text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "container/network/token_draft.h"

namespace pith::container {

class HistoryDraft final : public TokenDraft {
 public:
  static constexpr size_t kMemory = size_t{192} << 10;  // bytes

  // memory: kMemory, aligned to 4; it outlives this.
  explicit HistoryDraft(uint8_t* memory);

  // At most one token.
  [[nodiscard]] size_t after(Token token, std::span<Token> drafts) const override;
  void took(Token token) override;

 private:
  static constexpr size_t kOrders = 3;  // contexts of 1, 2 and 3 tokens
  static constexpr uint32_t kSlotBits = 14;
  static constexpr uint32_t kConfidenceMax = 15;

  // What followed a context last.
  struct Slot {
    Token token;
    uint8_t check;       // of the context
    uint8_t confidence;  // 0: none yet; more the more often it was this token
  };
  static_assert(kMemory == (kOrders << kSlotBits) * sizeof(Slot));

  using Places = std::array<uint32_t, kOrders>;  // hashes: place in a table and check
  // Of the contexts that end with these tokens, the newest last.
  [[nodiscard]] static Places places_of(Token third, Token second, Token first);
  // Of a context; null if another one has its place, or nothing.
  [[nodiscard]] const Slot* find(size_t order, uint32_t place) const;

  Slot* slots_;                  // [kOrders][2^kSlotBits]
  std::array<Token, 3> last_{};  // the newest first
  // [order][confidence] how often such a slot was right, in 1/2^16.
  std::array<std::array<uint16_t, kConfidenceMax + 1>, kOrders> right_;
};

}  // namespace pith::container
