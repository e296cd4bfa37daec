#include "model_cli/engine_loss.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include "model/engine/aligned_vector.h"
#include "model/train/parallel.h"

namespace pith::model_cli {
namespace {

using model::Engine;

double bits_of(std::span<const uint32_t> counts, size_t chosen) {
  const auto sum = std::accumulate(counts.begin(), counts.end(), uint64_t{0});
  return std::log2(static_cast<double>(sum) / counts[chosen]);
}

// Codes documents in thought.
class Reader {
 public:
  explicit Reader(const Engine& engine)
      : engine_(engine),
        class_of_(engine.config().vocabulary),
        state_(engine.state_bytes()),
        scratch_(engine.scratch_bytes(Engine::kMostSteps)),
        features_(Engine::kMostSteps * engine.feature_size()),
        class_counts_(Engine::kMostSteps * engine.cut().classes()) {
    const model::ClassCut& cut = engine.cut();
    for (uint32_t c = 0; c < cut.classes(); ++c) {
      std::fill(class_of_.begin() + cut.begin[c], class_of_.begin() + cut.begin[c + 1], c);
    }
  }

  [[nodiscard]] double bits(std::span<const uint16_t> tokens) {
    engine_.start(state_.data());
    double sum = 0;
    uint16_t before[Engine::kMostSteps] = {model::kStartToken};
    for (size_t begin = 0; begin < tokens.size(); begin += Engine::kMostSteps) {
      const auto piece = tokens.subspan(begin, std::min(Engine::kMostSteps, tokens.size() - begin));
      if (begin != 0) before[0] = tokens[begin - 1];
      std::copy(piece.begin(), piece.end() - 1, before + 1);
      sum += piece_bits(piece, before);
    }
    return sum;
  }

 private:
  // before: for each token, the one before it.
  [[nodiscard]] double piece_bits(std::span<const uint16_t> tokens, const uint16_t* before) {
    engine_.advance(before, tokens.size(), state_.data(), scratch_.data(), features_.data());
    engine_.class_counts(features_.data(), tokens.size(), scratch_.data(), class_counts_.data());
    double sum = 0;
    for (size_t t = 0; t < tokens.size(); ++t) {
      const uint32_t c = class_of_[tokens[t]];
      const size_t classes = engine_.cut().classes();
      sum += bits_of(std::span(class_counts_).subspan(t * classes, classes), c);
      token_counts_.resize(engine_.cut().size(c));
      engine_.token_counts(features_.data() + t * engine_.feature_size(), c, scratch_.data(),
                           token_counts_.data());
      sum += bits_of(token_counts_, tokens[t] - engine_.cut().begin[c]);
    }
    return sum;
  }

  const Engine& engine_;
  std::vector<uint32_t> class_of_;  // [V]
  model::AlignedVector<uint8_t> state_;
  model::AlignedVector<uint8_t> scratch_;
  std::vector<int8_t> features_;
  std::vector<uint32_t> class_counts_;
  std::vector<uint32_t> token_counts_;
};

}  // namespace

std::vector<train::TextLoss> engine_loss(const Engine& engine, const train::PackedText& text,
                                         std::span<const uint8_t> token_bytes, size_t threads) {
  std::vector<double> bits(text.documents.size());
  std::atomic<size_t> next = 0;
  train::run_parallel(threads, [&](size_t) {
    Reader reader(engine);
    for (size_t i = next++; i < bits.size(); i = next++) {
      bits[i] = reader.bits(text.tokens.subspan(text.documents[i].begin, text.documents[i].count));
    }
  });
  std::vector<train::TextLoss> files(text.names.size());
  for (size_t i = 0; i < bits.size(); ++i) {
    const train::PackedDocument& document = text.documents[i];
    train::TextLoss& file = files[document.file];
    file.bits += bits[i];
    file.tokens += document.count;
    for (const uint16_t token : text.tokens.subspan(document.begin, document.count)) {
      file.bytes += token_bytes[token];
    }
  }
  return files;
}

}  // namespace pith::model_cli
