// Small texts and vocabularies to train on in tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/train/packed_text.h"
#include "model/vocab/vocabulary.h"

namespace pith::train {

// All single bytes and some words.
[[nodiscard]] model::Vocabulary small_vocabulary();

// Bytes of each of its tokens.
[[nodiscard]] std::vector<uint8_t> lengths_of(const model::Vocabulary& vocabulary);

// Texts packed together; owns what the view shows.
class SmallText {
 public:
  // Each text is a file, named "a", "b", ..
  SmallText(const model::Vocabulary& vocabulary, const std::vector<std::string>& texts);
  [[nodiscard]] const PackedText& view() const { return view_; }

 private:
  std::vector<uint8_t> packed_;
  PackedText view_;
};

// Sentences without end from few words: easy to learn.
[[nodiscard]] std::string easy_text(size_t sentences, uint64_t seed);

}  // namespace pith::train
