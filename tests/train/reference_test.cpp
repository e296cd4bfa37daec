// The trained form of the network against the one for reading.
#include <gtest/gtest.h>

#include <cmath>

#include "model/train/evaluate.h"
#include "model/train/quantise.h"
#include "model/train/random.h"
#include "model/train/reference_network.h"
#include "tests/train/small_run.h"

namespace pith::train {
namespace {

// ln P of a text, token by token. Checks that probabilities are probabilities.
double log_probability(ReferenceNetwork* network, std::span<const uint16_t> tokens) {
  double sum = 0;
  uint16_t before = model::kStartToken;
  network->start();
  for (const uint16_t token : tokens) {
    const std::vector<float> logs = network->step(before);
    double total = 0;
    for (const float log : logs) total += std::exp(double{log});
    EXPECT_NEAR(total, 1, 1e-4);
    sum += double{logs[token]};
    before = token;
  }
  return sum;
}

class ReferenceTest : public testing::TestWithParam<const char*> {};

TEST_P(ReferenceTest, TrainedFormPredictsTheSame) {
  const SmallText text(small_vocabulary(), {easy_text(20, 1), easy_text(3, 2)});
  TrainingRun run = small_run(GetParam(), text.view());
  Random random(2);
  for (float& weight : run.weights) weight += static_cast<float>(0.2 * random.normal());
  const model::Layout layout = run.layout();
  const std::vector<uint8_t> lengths = lengths_of(small_vocabulary());
  for (const bool quantised : {false, true}) {
    std::vector<float> weights = run.weights;
    if (quantised) {
      run.steps.assign(2 * run.config.blocks.size(), 0.05f);
      quantise_weights(layout, run.weights, 0, 1, weights);
    }
    ReferenceNetwork reference(run.config, layout, run.cut, weights, run.steps);
    const auto losses = evaluate(run, run.weights, text.view(), lengths, 1);
    for (size_t i = 0; i < losses.size(); ++i) {
      const PackedDocument& document = text.view().documents[i];
      const auto tokens = text.view().tokens.subspan(document.begin, document.count);
      const double bits = -log_probability(&reference, tokens) / std::log(2.0);
      // Where sums differ in their last bits, a rounded activation may fall on the other side.
      EXPECT_NEAR(losses[i].bits, bits, (quantised ? 2e-2 : 1e-4) * bits) << "document " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Blocks, ReferenceTest, testing::Values("r", "a", "rar"));

}  // namespace
}  // namespace pith::train
