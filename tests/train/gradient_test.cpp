// The gradients of a network in double precision against differences of its loss.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/train/initialise.h"
#include "model/train/network.h"
#include "model/train/random.h"

namespace pith::train {
namespace {

model::NetworkConfig small_config(const char* blocks) {
  model::NetworkConfig config;
  config.vocabulary = 40;
  config.width = 16;
  config.blocks = blocks;
  config.recurrence_width = 12;
  config.feed_forward = 24;
  config.heads = 4;
  config.kv_heads = 2;
  config.head_width = 6;
  config.window = 7;
  config.ngram_rows = 32;
  config.ngram_width = 5;
  config.classes = 5;
  return config;
}

// Two streams; the second has a text that starts inside of the pass.
Batch random_batch(Random* random, size_t steps, uint32_t first_since) {
  Batch batch;
  batch.resize(2, steps);
  for (size_t i = 0; i < batch.size(); ++i) {
    const size_t t = i % steps;
    batch.input[i] = static_cast<uint16_t>(random->below(40));
    batch.input2[i] = static_cast<uint16_t>(random->below(40));
    batch.input3[i] = static_cast<uint16_t>(random->below(40));
    batch.target[i] = static_cast<uint16_t>(random->below(40));
    const bool second_text = i >= steps && t >= steps / 2;
    batch.since[i] = static_cast<uint32_t>(second_text ? t - steps / 2 : first_since + t);
  }
  return batch;
}

class GradientTest : public testing::TestWithParam<const char*> {};

// Of each parameter the elements with the largest gradients are checked: a wrong formula shows
// there, and differences are exact there.
TEST_P(GradientTest, EqualDifferencesOfTheLoss) {
  const model::NetworkConfig config = small_config(GetParam());
  ASSERT_EQ(check_config(config), "");
  const model::ClassCut cut = {{0, 1, 9, 20, 21, 40}};
  const model::Layout layout = model::make_layout(config, cut.classes());
  std::vector<double> weights(layout.total);
  initialise<double>(config, layout, 7, weights);
  Random random(3);
  // Nothing may stay zero, or gradients behind it would be zero too.
  for (double& weight : weights) weight += 0.3 * random.normal();
  const Batch before = random_batch(&random, 9, 0);
  const Batch batch = random_batch(&random, 9, 9);

  Network<double> network(config, layout, cut);
  NetworkState<double> state(config, 2);
  static_cast<void>(network.loss(before, weights, &state));
  Gradients<double> grads(layout);
  NetworkState<double> advanced = state;
  const double loss = network.loss_and_gradients(batch, weights, &advanced, 0.5, &grads);
  const auto loss_now = [&] {
    NetworkState<double> copy = state;
    return network.loss(batch, weights, &copy);
  };
  EXPECT_NEAR(loss, loss_now(), 1e-9);

  for (const model::Parameter& parameter : layout.parameters) {
    std::vector<size_t> order(parameter.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = parameter.offset + i;
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return std::abs(grads.values[a]) > std::abs(grads.values[b]);
    });
    order.resize(std::min<size_t>(order.size(), 12));
    for (const size_t i : order) {
      constexpr double kStep = 1e-5;
      const double kept = weights[i];
      weights[i] = kept + kStep;
      const double up = loss_now();
      weights[i] = kept - kStep;
      const double down = loss_now();
      weights[i] = kept;
      const double expected = 0.5 * (up - down) / (2 * kStep);
      EXPECT_NEAR(grads.values[i], expected, 1e-5 * std::abs(expected) + 1e-8)
          << parameter.name << " element " << i - parameter.offset;
    }
    EXPECT_NE(grads.values[order[0]], 0) << parameter.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Blocks, GradientTest, testing::Values("r", "a", "rra", "arr"));

// Passes of any length over the same tokens give the same losses: the carried state is all there
// is.
TEST(NetworkTest, PassesOfAnyLengthAgree) {
  const model::NetworkConfig config = small_config("ra");
  const model::ClassCut cut = {{0, 1, 9, 20, 21, 40}};
  const model::Layout layout = model::make_layout(config, cut.classes());
  std::vector<double> weights(layout.total);
  initialise<double>(config, layout, 7, weights);
  Random random(5);
  for (double& weight : weights) weight += 0.3 * random.normal();
  Batch whole;
  whole.resize(1, 24);
  for (size_t i = 0; i < whole.size(); ++i) {
    whole.input[i] = static_cast<uint16_t>(random.below(40));
    whole.input2[i] = static_cast<uint16_t>(random.below(40));
    whole.input3[i] = static_cast<uint16_t>(random.below(40));
    whole.target[i] = static_cast<uint16_t>(random.below(40));
    whole.since[i] = static_cast<uint32_t>(i < 5 ? i : i - 5);
  }
  Network<double> network(config, layout, cut);
  NetworkState<double> state(config, 1);
  const double expected = network.loss(whole, weights, &state);
  for (const size_t steps : {1, 2, 3, 8, 12}) {
    NetworkState<double> carried(config, 1);
    double sum = 0;
    for (size_t begin = 0; begin < whole.size(); begin += steps) {
      Batch part;
      part.resize(1, steps);
      for (size_t i = 0; i < steps; ++i) {
        part.input[i] = whole.input[begin + i];
        part.input2[i] = whole.input2[begin + i];
        part.input3[i] = whole.input3[begin + i];
        part.target[i] = whole.target[begin + i];
        part.since[i] = whole.since[begin + i];
      }
      sum += network.loss(part, weights, &carried);
    }
    EXPECT_NEAR(sum, expected, 1e-9) << steps;
  }
}

}  // namespace
}  // namespace pith::train
