#include "tests/train/small_text.h"

#include <algorithm>
#include <stdexcept>

#include "model/train/random.h"

namespace pith::train {

model::Vocabulary small_vocabulary() {
  constexpr size_t kBytes = 256;
  std::vector<std::string> tokens;
  tokens.reserve(2 * kBytes);
  for (size_t byte = 0; byte < kBytes; ++byte) tokens.emplace_back(1, static_cast<char>(byte));
  for (const char* word :
       {" the", " a", " cat", " dog", " bird", " saw", " heard", "the", " big"}) {
    tokens.emplace_back(word);
  }
  std::sort(tokens.begin(), tokens.end(), model::TokenOrder());
  model::Vocabulary vocabulary;
  if (!model::Vocabulary::create(tokens, &vocabulary).ok()) throw std::logic_error("vocabulary");
  return vocabulary;
}

std::vector<uint8_t> lengths_of(const model::Vocabulary& vocabulary) {
  std::vector<uint8_t> lengths;
  for (size_t i = 0; i < vocabulary.size(); ++i) {
    lengths.push_back(static_cast<uint8_t>(vocabulary.bytes(static_cast<uint16_t>(i)).size()));
  }
  return lengths;
}

SmallText::SmallText(const model::Vocabulary& vocabulary, const std::vector<std::string>& texts) {
  TextPacker packer(vocabulary);
  for (size_t i = 0; i < texts.size(); ++i) {
    packer.add(std::string(1, static_cast<char>('a' + i)),
               {reinterpret_cast<const uint8_t*>(texts[i].data()), texts[i].size()});
  }
  packed_ = packer.finish(7);
  if (!view_packed_text(packed_, vocabulary.size(), &view_)) throw std::logic_error("packed text");
}

std::string easy_text(size_t sentences, uint64_t seed) {
  constexpr const char* kNouns[] = {" cat", " dog", " bird"};
  constexpr const char* kVerbs[] = {" saw", " heard"};
  Random random(seed);
  std::string text;
  for (size_t i = 0; i < sentences; ++i) {
    text += "the";
    text += kNouns[random.below(3)];
    text += kVerbs[random.below(2)];
    text += " a";
    text += kNouns[random.below(3)];
    text += ".\n";
  }
  return text;
}

}  // namespace pith::train
