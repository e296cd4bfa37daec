#include "model/vocab/vocabulary.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace pith::model {
namespace {

uint32_t byte_code(uint8_t byte) { return codec::kTextByteCode.code[byte]; }

// [place in the order of codes] byte.
std::array<uint8_t, 256> bytes_in_order() {
  std::array<uint8_t, 256> order;
  std::iota(order.begin(), order.end(), uint8_t{0});
  std::sort(order.begin(), order.end(),
            [](uint8_t a, uint8_t b) { return byte_code(a) < byte_code(b); });
  return order;
}

FileError check(std::span<const std::string> tokens) {
  if (tokens.size() < kVocabularyMin) return {"fewer than 256 tokens", tokens.size()};
  if (tokens.size() > kVocabularyMax) return {"more than 32768 tokens", kVocabularyMax};
  const std::array<uint8_t, 256> singles = bytes_in_order();
  size_t next_single = 0;
  std::string_view before;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view token = tokens[i];
    if (token.empty()) return {"an empty token", i};
    if (token.size() > kTokenBytesMax) return {"a token of more than 32 bytes", i};
    if (token == before) return {"a token that is there twice", i};
    if (TokenOrder()(token, before)) return {"tokens are not sorted", i};
    // In this order a single byte comes before all else that begins with it.
    if (token.size() == 1) ++next_single;
    if (next_single == 0 || static_cast<uint8_t>(token[0]) != singles[next_single - 1]) {
      return {"a single byte is missing", i};
    }
    before = token;
  }
  if (next_single != 256) return {"a single byte is missing", tokens.size()};
  return {};
}

}  // namespace

bool TokenOrder::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return byte_code(static_cast<uint8_t>(x)) < byte_code(static_cast<uint8_t>(y));
  });
}

FileError Vocabulary::create(std::span<const std::string> tokens, Vocabulary* result) {
  if (const FileError error = check(tokens); !error.ok()) return error;
  Vocabulary vocabulary;
  vocabulary.starts_.reserve(tokens.size() + 1);
  vocabulary.starts_.push_back(0);
  XXH3_state_t hasher;
  XXH3_64bits_reset(&hasher);
  for (const std::string& token : tokens) {
    vocabulary.bytes_.insert(vocabulary.bytes_.end(), token.begin(), token.end());
    vocabulary.starts_.push_back(static_cast<uint32_t>(vocabulary.bytes_.size()));
    const auto length = static_cast<uint8_t>(token.size());
    XXH3_64bits_update(&hasher, &length, 1);
    XXH3_64bits_update(&hasher, token.data(), token.size());
  }
  vocabulary.hash_ = XXH3_64bits_digest(&hasher);
  vocabulary.build_decisions();
  *result = std::move(vocabulary);
  return {};
}

// Of the decisions inside a range the one that comes first is the root of the others, and no two of
// them come at the same place: each is a cut of the sorted range. That makes a Cartesian tree,
// built from left to right with the path to the newest decision on a stack.
void Vocabulary::build_decisions() {
  const size_t count = starts_.size() - 1;
  decisions_.assign(count, Decision{});
  std::vector<uint16_t> path;
  for (size_t mid = 1; mid < count; ++mid) {
    Decision& decision = decisions_[mid];
    decision.place = parting(static_cast<Token>(mid));
    while (!path.empty() && decisions_[path.back()].place > decision.place) {
      decision.next[0] = path.back();
      path.pop_back();
    }
    if (!path.empty()) decisions_[path.back()].next[1] = static_cast<uint16_t>(mid);
    path.push_back(static_cast<uint16_t>(mid));
  }
  root_ = path.front();
}

uint32_t Vocabulary::outcome(Token token, uint32_t place) const {
  const std::span<const uint8_t> text = bytes(token);
  const uint32_t byte = place / kPlaces;
  const uint32_t part = place % kPlaces;
  if (part == 0) return text.size() > byte ? 1 : 0;
  return byte_code(text[byte]) >> (codec::ByteCode::kLongest - part) & 1u;
}

uint16_t Vocabulary::parting(Token token) const {
  const std::span<const uint8_t> left = bytes(static_cast<Token>(token - 1));
  const std::span<const uint8_t> right = bytes(token);
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  const auto byte = static_cast<uint32_t>(l - left.begin());
  if (l == left.end()) return static_cast<uint16_t>(kPlaces * byte);
  const auto shared = std::countl_zero(static_cast<uint16_t>(byte_code(*l) ^ byte_code(*r)));
  return static_cast<uint16_t>(kPlaces * byte + 1 + static_cast<uint32_t>(shared));
}

}  // namespace pith::model
