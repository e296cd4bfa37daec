#include "model/train/packed_text.h"

#include <algorithm>
#include <cstring>

#include "model/vocab/line_ends.h"

namespace pith::train {
namespace {

constexpr uint64_t kMagic = 0x316B'6361'7068'7470;  // "pthpack1"
constexpr size_t kAlignment = 8;

struct Header {
  uint64_t magic, key, files, documents, tokens;
};

void append(std::vector<uint8_t>* bytes, const void* data, size_t size) {
  if (size == 0) return;
  const size_t at = bytes->size();
  bytes->resize(at + size);
  std::memcpy(bytes->data() + at, data, size);
}

}  // namespace

void TextPacker::add(const std::string& name, std::span<const uint8_t> text) {
  names_.push_back(name);
  while (!text.empty()) {
    const auto end = std::find(text.begin(), text.end(), uint8_t{0});
    const auto size = static_cast<size_t>(end - text.begin());
    if (size != 0) add_document(text.first(size));
    text = text.subspan(std::min(size + 1, text.size()));
  }
}

void TextPacker::add_document(std::span<const uint8_t> text) {
  std::vector<uint8_t> folded;
  if (model::folding_pays(model::count_line_ends(text))) {
    folded = model::folded_text(text);
    text = folded;
  }
  const size_t begin = tokens_.size();
  tokens_.resize(begin + text.size());
  const size_t count = tokenizer_.encode(text, std::span(tokens_).subspan(begin));
  tokens_.resize(begin + count);
  documents_.push_back(
      {begin, static_cast<uint32_t>(count), static_cast<uint32_t>(names_.size() - 1)});
}

std::vector<uint8_t> TextPacker::finish(uint64_t key) const {
  std::vector<uint8_t> bytes;
  const Header header = {kMagic, key, names_.size(), documents_.size(), tokens_.size()};
  append(&bytes, &header, sizeof header);
  for (const std::string& name : names_) append(&bytes, name.c_str(), name.size() + 1);
  bytes.resize((bytes.size() + kAlignment - 1) / kAlignment * kAlignment);
  bytes.reserve(bytes.size() + documents_.size() * sizeof(PackedDocument) + tokens_.size() * 2);
  append(&bytes, documents_.data(), documents_.size() * sizeof(PackedDocument));
  append(&bytes, tokens_.data(), tokens_.size() * sizeof(uint16_t));
  return bytes;
}

bool view_packed_text(std::span<const uint8_t> packed, size_t vocabulary, PackedText* view) {
  Header header;
  if (packed.size() < sizeof header) return false;
  std::memcpy(&header, packed.data(), sizeof header);
  if (header.magic != kMagic) return false;
  size_t at = sizeof header;
  PackedText result;
  result.key = header.key;
  for (uint64_t i = 0; i < header.files; ++i) {
    const auto rest = packed.subspan(at);
    const auto end = std::find(rest.begin(), rest.end(), uint8_t{0});
    if (end == rest.end()) return false;
    result.names.emplace_back(rest.begin(), end);
    at += result.names.back().size() + 1;
  }
  at = (at + kAlignment - 1) / kAlignment * kAlignment;
  if (at > packed.size() || header.documents > packed.size() / sizeof(PackedDocument) ||
      header.tokens > packed.size() / sizeof(uint16_t) ||
      packed.size() - at !=
          header.documents * sizeof(PackedDocument) + header.tokens * sizeof(uint16_t)) {
    return false;
  }
  const uint8_t* documents = packed.data() + at;
  const uint8_t* tokens = documents + header.documents * sizeof(PackedDocument);
  result.documents = {reinterpret_cast<const PackedDocument*>(documents), header.documents};
  result.tokens = {reinterpret_cast<const uint16_t*>(tokens), header.tokens};
  for (const PackedDocument& document : result.documents) {
    if (document.file >= header.files || document.count == 0 || document.begin > header.tokens ||
        document.count > header.tokens - document.begin) {
      return false;
    }
  }
  if (std::any_of(result.tokens.begin(), result.tokens.end(),
                  [&](uint16_t token) { return token >= vocabulary; })) {
    return false;
  }
  *view = std::move(result);
  return true;
}

}  // namespace pith::train
