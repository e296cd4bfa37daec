// The engine against the network that is trained.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include "model/engine/engine.h"
#include "model/engine/random_model.h"
#include "model/train/export.h"
#include "model/train/reference_network.h"

namespace pith::model {
namespace {

class FloatTest : public testing::TestWithParam<const char*> {};

TEST_P(FloatTest, CodeLengthIsThatOfTheTrainedNetwork) {
  const NetworkConfig config = {.vocabulary = 64,
                                .width = 96,
                                .blocks = GetParam(),
                                .recurrence_width = 64,
                                .feed_forward = 128,
                                .heads = 2,
                                .kv_heads = 1,
                                .head_width = 32,
                                .window = 24,
                                .ngram_rows = 64,
                                .ngram_width = 16,
                                .classes = 8};
  IntegerModel model = random_model(config, 21);
  // Steps that the activations of random weights fill without many of them being cut off.
  for (Scale& step : model.steps) step = {kMantissaMin, 17};
  const Layout layout = model.layout();
  // What a block adds is small beside the stream, as it is in a network that learned something, and
  // so are most logits: random weights blow roundings up.
  std::vector<size_t> smaller = {layout.class_rows, layout.token_rows};
  for (const BlockLayout& block : layout.blocks) {
    smaller.insert(smaller.end(), {block.out, block.down});
  }
  for (const size_t parameter : smaller) {
    for (Scale& scale : model.parameters[parameter].scales) scale.shift += 2;
  }
  const train::TrainingRun run = train::from_integers(model);
  std::vector<float> steps(run.steps);
  train::ReferenceNetwork reference(config, layout, model.cut, run.average, steps);

  std::unique_ptr<const Engine> engine;
  ASSERT_TRUE(Engine::create(model, &engine).ok());
  AlignedVector<uint8_t> state(engine->state_bytes());
  AlignedVector<uint8_t> scratch(engine->scratch_bytes(1));
  AlignedVector<int8_t> features(engine->feature_size());
  std::vector<uint32_t> counts(config.vocabulary);
  engine->start(state.data());

  PlainRandom random(22);
  uint16_t token = kStartToken;
  double bits = 0;
  double expected = 0;
  for (int t = 0; t < 400; ++t) {
    engine->advance(&token, 1, state.data(), scratch.data(), features.data());
    const std::vector<float> logs = reference.step(token);
    // The next token is drawn from what the reference expects, so that likely ones count as in a
    // text.
    double point = random.below(1 << 24) / double{1 << 24};
    uint32_t next = 0;
    while (next + 1 < config.vocabulary && point > std::exp(double{logs[next]})) {
      point -= std::exp(double{logs[next++]});
    }
    expected -= double{logs[next]} / std::log(2.0);

    uint32_t c = 0;
    while (model.cut.begin[c + 1] <= next) ++c;
    const auto bits_of = [&](uint32_t size, uint32_t chosen) {
      const double sum = std::accumulate(counts.begin(), counts.begin() + size, 0.0);
      return std::log2(sum / counts[chosen]);
    };
    engine->class_counts(features.data(), 1, scratch.data(), counts.data());
    bits += bits_of(model.cut.classes(), c);
    engine->token_counts(features.data(), c, scratch.data(), counts.data());
    bits += bits_of(model.cut.size(c), next - model.cut.begin[c]);
    token = static_cast<uint16_t>(next);
  }
  EXPECT_NEAR(bits / expected, 1, 0.003);
  EXPECT_LT(expected, 400 * 5.8) << "the network does not predict";
}

INSTANTIATE_TEST_SUITE_P(Blocks, FloatTest, testing::Values("rr", "aa", "ra"));

}  // namespace
}  // namespace pith::model
