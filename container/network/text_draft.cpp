#include "container/network/text_draft.h"

#include "model/vocab/longest_token.h"

namespace pith::container {

size_t TextDraft::after(Token token, std::span<Token> drafts) const {
  // Nothing comes of a token that the text does not have here.
  if (rest_.empty() || model::longest_token(vocabulary_, rest_) != token) return 0;
  std::span<const uint8_t> rest = rest_.subspan(vocabulary_.bytes(token).size());
  size_t count = 0;
  while (count < drafts.size() && !rest.empty()) {
    const Token next = model::longest_token(vocabulary_, rest);
    drafts[count++] = next;
    rest = rest.subspan(vocabulary_.bytes(next).size());
  }
  return count;
}

void TextDraft::took(Token token) { rest_ = rest_.subspan(vocabulary_.bytes(token).size()); }

}  // namespace pith::container
