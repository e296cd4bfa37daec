#include "model/language_model.h"

#include <algorithm>
#include <utility>

#include "model/integer_model.h"
#include "model/vocab/vocabulary_file.h"

namespace pith::model {

LanguageModel::LanguageModel(uint64_t id, std::unique_ptr<const Engine> engine,
                             Vocabulary vocabulary, std::vector<uint8_t> file)
    : id_(id),
      file_(std::move(file)),
      engine_(std::move(engine)),
      vocabulary_(std::move(vocabulary)),
      class_of_(vocabulary_.size()) {
  const ClassCut& cut = engine_->cut();
  for (uint32_t c = 0; c < cut.classes(); ++c) {
    std::fill(class_of_.begin() + cut.begin[c], class_of_.begin() + cut.begin[c + 1],
              static_cast<uint16_t>(c));
    largest_class_ = std::max(largest_class_, cut.size(c));
  }
}

namespace {

// Whether every class is a subtree of decisions: no decision divides both classes and one class.
bool fits(const ClassCut& cut, const Vocabulary& vocabulary) {
  struct Node {
    uint32_t low;
    uint32_t high;
    uint32_t mid;  // 0: one token
  };
  const auto first_of_class = [&](uint32_t token) {
    return std::binary_search(cut.begin.begin(), cut.begin.end(), token);
  };
  std::vector<Node> open = {{0, static_cast<uint32_t>(vocabulary.size()), vocabulary.root()}};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (node.mid == 0) continue;
    const auto next = std::upper_bound(cut.begin.begin(), cut.begin.end(), node.low);
    if (*next >= node.high) continue;  // within a class; those below it are, too
    if (!first_of_class(node.mid)) return false;
    const Vocabulary::Decision& decision = vocabulary.decision(node.mid);
    open.push_back({node.low, node.mid, decision.next[0]});
    open.push_back({node.mid, node.high, decision.next[1]});
  }
  return true;
}

}  // namespace

FileError LanguageModel::read(std::vector<uint8_t> file,
                              std::unique_ptr<const LanguageModel>* result) {
  const std::span<const uint8_t> content(file);  // stays where it is when the vector is moved
  return read(content, std::move(file), result);
}

FileError LanguageModel::read_in_place(std::span<const uint8_t> file,
                                       std::unique_ptr<const LanguageModel>* result) {
  return read(file, {}, result);
}

FileError LanguageModel::read(std::span<const uint8_t> file, std::vector<uint8_t> kept,
                              std::unique_ptr<const LanguageModel>* result) {
  IntegerModel model;
  if (const FileError error = read_model(file, &model); !error.ok()) return error;
  Vocabulary vocabulary;
  if (const FileError error = read_vocabulary(model.vocabulary, &vocabulary); !error.ok()) {
    return error;
  }
  if (!fits(model.cut, vocabulary)) return {"classes that no walk over tokens has", 0};
  std::unique_ptr<const Engine> engine;
  if (const FileError error = Engine::create(model, &engine); !error.ok()) return error;
  result->reset(new LanguageModel(model_hash(file), std::move(engine), std::move(vocabulary),
                                  std::move(kept)));
  return {};
}

}  // namespace pith::model
