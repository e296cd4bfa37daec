// Training texts as tokens, in one piece that can be written to a file and mapped.
//
//   magic, key, files, documents, tokens      five uint64
//   names of the files                        each ends with a zero byte; padded to 8 bytes
//   documents                                 [documents] PackedDocument
//   tokens                                    [tokens] uint16
//
// In the byte order of the machine: it is a cache, made again where it does not fit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/vocab/tokenizer.h"

namespace pith::train {

struct PackedDocument {
  uint64_t begin;  // of its tokens
  uint32_t count;  // tokens, not 0
  uint32_t file;
};

// Collects documents.
class TextPacker {
 public:
  explicit TextPacker(const model::Vocabulary& vocabulary) : tokenizer_(vocabulary) {}

  // Adds a file. Zero bytes separate its documents; empty ones are left out. Line ends are folded
  // where that pays, as they are before the network sees a text to be compressed.
  void add(const std::string& name, std::span<const uint8_t> text);

  // The packed form. key: whatever tells whether a file made earlier still fits.
  [[nodiscard]] std::vector<uint8_t> finish(uint64_t key) const;

 private:
  void add_document(std::span<const uint8_t> text);

  model::Tokenizer tokenizer_;
  std::vector<std::string> names_;
  std::vector<PackedDocument> documents_;
  std::vector<uint16_t> tokens_;
};

// A view of the packed form.
struct PackedText {
  uint64_t key = 0;
  std::vector<std::string> names;  // of the files
  std::span<const PackedDocument> documents;
  std::span<const uint16_t> tokens;
};

// Returns false if these bytes are not a packed text of at most `vocabulary` tokens, or not whole.
// packed is aligned to 8 bytes and outlives the view.
[[nodiscard]] bool view_packed_text(std::span<const uint8_t> packed, size_t vocabulary,
                                    PackedText* view);

}  // namespace pith::train
