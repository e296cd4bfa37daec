// What an encoder drafts: it has the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "container/network/token_draft.h"

namespace pith::container {

class TextDraft final : public TokenDraft {
 public:
  // Both outlive this.
  TextDraft(const model::Vocabulary& vocabulary, std::span<const uint8_t> text)
      : vocabulary_(vocabulary), rest_(text) {}

  [[nodiscard]] size_t after(Token token, std::span<Token> drafts) const override;
  void took(Token token) override;

 private:
  const model::Vocabulary& vocabulary_;
  std::span<const uint8_t> rest_;  // of the text, not yet taken
};

}  // namespace pith::container
