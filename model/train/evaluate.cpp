#include "model/train/evaluate.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numbers>

#include "model/train/network.h"
#include "model/train/parallel.h"
#include "model/train/quantise.h"

namespace pith::train {
namespace {

constexpr size_t kPassTokens = 1024;

// Tokens [begin, begin + count) of a document, as a pass of one stream.
void fill(std::span<const uint16_t> document, size_t begin, size_t count, Batch* batch) {
  batch->resize(1, count);
  const auto before = [&](size_t at, size_t back) {
    return at >= back ? document[at - back] : model::kStartToken;
  };
  for (size_t i = 0; i < count; ++i) {
    const size_t at = begin + i;
    batch->target[i] = document[at];
    batch->input[i] = before(at, 1);
    batch->input2[i] = before(at, 2);
    batch->input3[i] = before(at, 3);
    batch->since[i] = static_cast<uint32_t>(at);
  }
}

}  // namespace

std::vector<TextLoss> evaluate(const TrainingRun& run, std::span<const float> weights,
                               const PackedText& text, std::span<const uint8_t> token_bytes,
                               size_t threads) {
  const model::Layout layout = run.layout();
  std::vector<float> quantised;
  if (!run.steps.empty()) {
    quantised.resize(layout.total);
    quantise_weights(layout, weights, 0, 1, quantised);
    weights = quantised;
  }
  std::vector<TextLoss> documents(text.documents.size());
  std::atomic<size_t> next = 0;
  run_parallel(threads, [&](size_t) {
    const auto network = std::make_unique<Network<float>>(run.config, layout, run.cut);
    network->quantise_activations(run.steps);
    Batch batch;
    for (size_t i = next++; i < documents.size(); i = next++) {
      const PackedDocument& document = text.documents[i];
      const auto tokens = text.tokens.subspan(document.begin, document.count);
      NetworkState<float> state(run.config, 1);
      double nats = 0;
      for (size_t begin = 0; begin < tokens.size(); begin += kPassTokens) {
        fill(tokens, begin, std::min(kPassTokens, tokens.size() - begin), &batch);
        nats += network->loss(batch, weights, &state);
      }
      documents[i].bits = nats / std::numbers::ln2;
      documents[i].tokens = tokens.size();
      for (const uint16_t token : tokens) documents[i].bytes += token_bytes[token];
    }
  });
  std::vector<TextLoss> files(text.names.size());
  for (size_t i = 0; i < documents.size(); ++i) {
    TextLoss& file = files[text.documents[i].file];
    file.bits += documents[i].bits;
    file.bytes += documents[i].bytes;
    file.tokens += documents[i].tokens;
  }
  return files;
}

}  // namespace pith::train
