#include "tests/neural/small_model.h"

#include <set>
#include <string>

#include "model/engine/random_model.h"
#include "model/vocab/vocabulary_file.h"

namespace pith::test {

std::vector<uint8_t> small_model_file(uint64_t seed, const SmallModelMemory& memory) {
  std::set<std::string, model::TokenOrder> tokens;
  for (int byte = 0; byte < 256; ++byte) tokens.insert(std::string(1, static_cast<char>(byte)));
  // Prefixes of each other, some of them with what lies between no token.
  for (const char* token : {" the", " th", " there", " thereafter", "the", "these", "an", "and",
                            " and", "  ", "    ", "\n\n", "ing", "in", " a", ".\n", "ation"}) {
    tokens.insert(token);
  }
  const std::vector<std::string> sorted(tokens.begin(), tokens.end());
  model::Vocabulary vocabulary;
  if (!model::Vocabulary::create(sorted, &vocabulary).ok()) return {};

  model::NetworkConfig config;
  config.vocabulary = static_cast<uint32_t>(vocabulary.size());
  config.width = 32;
  config.blocks = "r" + std::string(memory.attention_blocks, 'a');
  config.recurrence_width = 32;
  config.feed_forward = 64;
  config.heads = 2;
  config.head_width = memory.head_width;
  config.window = memory.window;
  config.ngram_rows = 64;
  config.ngram_width = 16;
  config.classes = 9;
  model::IntegerModel model = model::random_model(config, seed);
  // Classes are subtrees of the walk: the largest is divided until there are enough.
  struct Part {
    uint32_t low;
    uint32_t high;
    uint32_t mid;
  };
  std::vector<Part> parts = {{0, config.vocabulary, vocabulary.root()}};
  while (parts.size() < model.cut.classes()) {
    size_t largest = 0;
    for (size_t i = 1; i < parts.size(); ++i) {
      const bool larger = parts[i].high - parts[i].low > parts[largest].high - parts[largest].low;
      largest = larger ? i : largest;
    }
    const Part part = parts[largest];
    const model::Vocabulary::Decision& decision = vocabulary.decision(part.mid);
    parts[largest] = {part.low, part.mid, decision.next[0]};
    parts.push_back({part.mid, part.high, decision.next[1]});
  }
  std::set<uint32_t> begins = {config.vocabulary};
  for (const Part& part : parts) begins.insert(part.low);
  model.cut.begin.assign(begins.begin(), begins.end());
  model.vocabulary = model::write_vocabulary(vocabulary);
  return model::write_model(model);
}

std::unique_ptr<const model::LanguageModel> small_model(uint64_t seed,
                                                        const SmallModelMemory& memory) {
  std::unique_ptr<const model::LanguageModel> made;
  if (!model::LanguageModel::read(small_model_file(seed, memory), &made).ok()) return nullptr;
  return made;
}

}  // namespace pith::test
