// The weights by which n-grams and a network are mixed, as they are trained for a build.
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "container/methods/neural_method.h"
#include "container/priors/built_in_priors.h"
#include "corpora/generate.h"
#include "ngram/network_shape.h"
#include "tests/neural/small_model.h"

namespace pith::container {
namespace {

using ngram::ContentKind;

struct Trained {
  std::vector<uint16_t> words;
  double bits_per_byte = 0;
};

Trained trained(size_t shape, const model::LanguageModel& network,
                const std::vector<NeuralSample>& samples) {
  Trained result;
  result.words =
      neural_train_start(shape, network, ContentKind::kText, samples, &result.bits_per_byte);
  return result;
}

// Tables begin anew with every sample, weights go on: what a text costs falls with each time that
// it is read, for they learn that a network of random numbers is not worth much.
TEST(NeuralTraining, WeightsLearnFromSampleToSample) {
  const auto network = test::small_model(1);
  ASSERT_NE(network, nullptr);
  const auto text = corpus::generate("prose", 3000, 1);
  for (size_t shape = 0; shape < ngram::kNetworkShapes; ++shape) {
    const Trained once = trained(shape, *network, {{text}});
    const Trained twice = trained(shape, *network, {{text}, {text}});
    const Trained four_times = trained(shape, *network, {{text}, {text}, {text}, {text}});
    EXPECT_EQ(once.words.size(), ngram::network_start_words(shape));
    EXPECT_LT(twice.bits_per_byte, once.bits_per_byte);
    EXPECT_LT(four_times.bits_per_byte, twice.bits_per_byte);
    EXPECT_NE(four_times.words, once.words);
  }
}

TEST(NeuralTraining, IsTheSameEveryTimeAndKnowsPriors) {
  const auto network = test::small_model(2);
  ASSERT_NE(network, nullptr);
  const auto text = corpus::generate("prose", 2000, 2);
  const auto other = corpus::generate("markdown", 1500, 3);
  const Trained plain = trained(0, *network, {{text}, {other}});
  EXPECT_EQ(trained(0, *network, {{text}, {other}}).words, plain.words);
  const Prior* prior = &built_in_prior(1);
  ASSERT_TRUE(prior->serves(ContentKind::kText));
  const Trained with_prior = trained(0, *network, {{text, prior}, {other, prior}});
  EXPECT_NE(with_prior.words, plain.words);
  EXPECT_NE(with_prior.bits_per_byte, plain.bits_per_byte);
}

}  // namespace
}  // namespace pith::container
