// Which tokens may come next, for steps of a network that are made before they are asked for.
//
// A step waits for its weights more than it computes: two tokens at once take little more time than
// one. A draft costs time where it is wrong and never changes a result, so encoder and decoder need
// not draft alike. (Speculative decoding: Y. Leviathan, M. Kalman, Y. Matias, 2023.)
#pragma once

#include <cstddef>
#include <span>

#include "model/vocab/vocabulary.h"

namespace pith::container {

// Of one text.
class TokenDraft {
 public:
  using Token = model::Vocabulary::Token;

  virtual ~TokenDraft() = default;

  // If the next token is this one: those that are likely to follow it, as many as fit or fewer.
  // Returns how many.
  [[nodiscard]] virtual size_t after(Token token, std::span<Token> drafts) const = 0;
  // The next token is known.
  virtual void took(Token token) = 0;
};

}  // namespace pith::container
