#include "model/vocab/longest_token.h"

namespace pith::model {
namespace {

// Takes the decisions of a byte. False if no token of the range goes on with it.
bool take_byte(uint8_t byte, Vocabulary::Cursor* cursor) {
  const codec::ByteCode& code = codec::kTextByteCode;
  for (uint32_t depth = 0; depth < code.length[byte]; ++depth) {
    const uint32_t outcome = uint32_t{code.code[byte]} >> (15 - depth) & 1;
    const int forced = cursor->forced();
    if (forced >= 0 && static_cast<uint32_t>(forced) != outcome) return false;
    cursor->step(outcome);
  }
  return true;
}

}  // namespace

Vocabulary::Token longest_token(const Vocabulary& vocabulary, std::span<const uint8_t> text) {
  Vocabulary::Cursor cursor = vocabulary.cursor();
  Vocabulary::Token longest = 0;
  for (const uint8_t byte : text) {
    if (!take_byte(byte, &cursor)) break;
    // "Ends here?": 1 is no, and a prefix comes before what it begins.
    const int forced = cursor.forced();
    if (forced != 1) longest = static_cast<Vocabulary::Token>(cursor.range().low);
    if (forced == 0) break;
    cursor.step(1);
  }
  return longest;
}

}  // namespace pith::model
