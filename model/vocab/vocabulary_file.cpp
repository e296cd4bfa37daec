#include "model/vocab/vocabulary_file.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace pith::model {
namespace {

// As in the magic of pith's own files: not ASCII, and changed by whatever converts line ends.
constexpr std::array<uint8_t, 8> kMagic = {0x89, 'p', 'v', 'o', 'c', '\r', '\n', 0x1A};
constexpr uint8_t kVersion = 1;
constexpr size_t kCountOffset = kMagic.size() + 1;
constexpr size_t kEntriesOffset = kCountOffset + 4;
constexpr size_t kHashSize = 8;

void put_fixed(uint64_t value, unsigned width, std::vector<uint8_t>* out) {
  for (unsigned i = 0; i < width; ++i) out->push_back(static_cast<uint8_t>(value >> (8 * i)));
}

uint64_t get_fixed(std::span<const uint8_t> bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

size_t shared_prefix(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                             a.begin());
}

// Reads one entry at *pos, which it moves behind it.
FileError read_token(std::span<const uint8_t> file, std::string_view before, size_t* pos,
                     std::string* token) {
  const size_t at = *pos;
  if (file.size() - at < 2) return {"the file ends inside a token", file.size()};
  const size_t shared = file[at];
  const size_t added = file[at + 1];
  if (shared > before.size()) return {"a token shares more than there is", at};
  if (added == 0) return {shared == 0 ? "an empty token" : "tokens are not sorted", at + 1};
  if (shared + added > kTokenBytesMax) return {"a token of more than 32 bytes", at + 1};
  if (file.size() - at - 2 < added) return {"the file ends inside a token", file.size()};
  const std::span<const uint8_t> rest = file.subspan(at + 2, added);
  token->assign(before.substr(0, shared)).append(rest.begin(), rest.end());
  if (shared < before.size() && (*token)[shared] == before[shared]) {
    return {"a token shares more than it says", at};
  }
  *pos = at + 2 + added;
  return {};
}

}  // namespace

bool is_vocabulary_file(std::span<const uint8_t> file) {
  return file.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), file.begin());
}

std::vector<uint8_t> write_vocabulary(const Vocabulary& vocabulary) {
  std::vector<uint8_t> file(kMagic.begin(), kMagic.end());
  file.push_back(kVersion);
  put_fixed(vocabulary.size(), 4, &file);
  std::string_view before;
  for (size_t i = 0; i < vocabulary.size(); ++i) {
    const auto bytes = vocabulary.bytes(static_cast<Vocabulary::Token>(i));
    const std::string_view token(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const size_t shared = shared_prefix(before, token);
    file.push_back(static_cast<uint8_t>(shared));
    file.push_back(static_cast<uint8_t>(token.size() - shared));
    file.insert(file.end(), token.begin() + static_cast<ptrdiff_t>(shared), token.end());
    before = token;
  }
  put_fixed(vocabulary.hash(), kHashSize, &file);
  return file;
}

FileError read_vocabulary(std::span<const uint8_t> file, Vocabulary* vocabulary) {
  if (!is_vocabulary_file(file)) return {"not a vocabulary of pith", 0};
  if (file.size() < kEntriesOffset) return {"the file ends inside its header", file.size()};
  if (file[kMagic.size()] != kVersion) {
    return {"a vocabulary of a version this program does not know", kMagic.size()};
  }
  const uint64_t count = get_fixed(file.subspan(kCountOffset, 4));
  if (count < kVocabularyMin) return {"fewer than 256 tokens", kCountOffset};
  if (count > kVocabularyMax) return {"more than 32768 tokens", kCountOffset};

  std::vector<std::string> tokens(count);
  std::vector<size_t> offsets(count + 1);  // of the entries and of what follows them
  size_t pos = kEntriesOffset;
  for (size_t i = 0; i < count; ++i) {
    offsets[i] = pos;
    const std::string_view before = i == 0 ? std::string_view() : tokens[i - 1];
    if (const FileError error = read_token(file, before, &pos, &tokens[i]); !error.ok()) {
      return error;
    }
  }
  offsets[count] = pos;
  if (file.size() - pos < kHashSize) return {"the file ends inside its hash", file.size()};
  if (file.size() - pos > kHashSize) return {"data after the end", pos + kHashSize};

  Vocabulary result;
  if (const FileError error = Vocabulary::create(tokens, &result); !error.ok()) {
    return {error.text, offsets[error.offset]};
  }
  if (result.hash() != get_fixed(file.subspan(pos))) return {"wrong hash: damaged", pos};
  *vocabulary = std::move(result);
  return {};
}

}  // namespace pith::model
