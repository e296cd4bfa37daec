// gradient_dump CHECKPOINT TOKENS OUT: loss and gradients of a run's next batch, for torch_test.py.
// OUT is the mean of -ln P(target) as a double and the gradients of that as floats, in the order of
// the layout.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "model/train/checkpoint.h"
#include "model/train/matrix_product.h"
#include "model/train/network.h"
#include "model/train/quantise.h"
#include "model/train/sampler.h"
#include "model/train/trainer.h"

namespace {

std::vector<uint8_t> read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
  using namespace pith::train;
  if (argc != 4) return 2;
  use_caller_thread_alone();
  TrainingRun run;
  const std::vector<uint8_t> packed = read(argv[2]);
  PackedText text;
  if (!read_checkpoint(read(argv[1]), &run).ok() ||
      !view_packed_text(packed, run.config.vocabulary, &text)) {
    return 1;
  }
  run.train.micro_streams = run.train.streams;
  const std::vector<double> file_weights(text.names.size(), 1.0);
  Sampler sampler(text, file_weights, run.train.segment, run.train.streams, run.train.seed);
  if (!sampler.restore(run.sampler)) return 1;
  Batch batch;
  batch.resize(run.train.streams, run.train.steps);
  sampler.fill(0, &batch);
  const pith::model::Layout layout = run.layout();
  NetworkState<float> state(run.config, run.train.streams);
  auto from = run.streams.begin();
  const auto take = [&](std::vector<float>* to) {
    std::copy_n(from, to->size(), to->begin());
    from += static_cast<std::ptrdiff_t>(to->size());
  };
  for (size_t i = 0; i < layout.blocks.size(); ++i) {
    take(&state.recurrences[i].hidden);
    take(&state.recurrences[i].past);
    take(&state.attentions[i].keys);
    take(&state.attentions[i].values);
  }
  Network<float> network(run.config, layout, run.cut);
  std::vector<float> weights = run.weights;
  if (!run.steps.empty()) {
    quantise_weights(layout, run.weights, 0, 1, weights);
    network.quantise_activations(run.steps);
  }
  Gradients<float> grads(layout);
  const double tokens = static_cast<double>(batch.size());
  const double loss =
      network.loss_and_gradients(batch, weights, &state, static_cast<float>(1 / tokens), &grads) /
      tokens;
  std::ofstream out(argv[3], std::ios::binary);
  out.write(reinterpret_cast<const char*>(&loss), sizeof loss);
  out.write(reinterpret_cast<const char*>(grads.values.data()),
            static_cast<std::streamsize>(grads.values.size() * sizeof(float)));
  return out.good() ? 0 : 1;
}
