// Whole steps of training.
#include "model/train/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "model/train/checkpoint.h"
#include "model/train/evaluate.h"
#include "model/train/initialise.h"
#include "model/train/matrix_product.h"
#include "model/train/quantise.h"
#include "tests/train/small_run.h"

namespace pith::train {
namespace {

class TrainerTest : public testing::Test {
 protected:
  TrainerTest()
      : vocabulary_(small_vocabulary()),
        lengths_(lengths_of(vocabulary_)),
        text_(vocabulary_, {easy_text(300, 1), easy_text(100, 2)}) {}

  [[nodiscard]] Trainer trainer(TrainingRun* run, size_t threads) const {
    return {run, text_.view(), weights_, lengths_, threads};
  }
  // Bits per byte of the last of some steps.
  static double take_steps(Trainer* trainer, int count) {
    StepResult result;
    for (int i = 0; i < count; ++i) result = trainer->step(1);
    return result.bits / static_cast<double>(result.bytes);
  }

  model::Vocabulary vocabulary_;
  std::vector<uint8_t> lengths_;
  SmallText text_;
  std::vector<double> weights_ = {1, 1};
};

TEST_F(TrainerTest, LearnsWhatCanBeLearned) {
  // Of a sentence of some 24 bytes a noun of three, a verb of two and another noun cannot be
  // known: log2(18) bits.
  for (const char* blocks : {"r", "a"}) {
    TrainingRun run = small_run(blocks, text_.view());
    Trainer with = trainer(&run, 1);
    EXPECT_GT(take_steps(&with, 1), 1.8);
    EXPECT_LT(take_steps(&with, 400), 1.15 * std::log2(18) / 23) << blocks;
    const SmallText unseen(vocabulary_, {easy_text(40, 9)});
    const auto losses = evaluate(run, run.average, unseen.view(), lengths_, 2);
    EXPECT_LT(losses[0].bits_per_byte(), 1.4 * std::log2(18) / 23) << blocks;
  }
}

// A run that goes on from a checkpoint does what it would have done without.
TEST_F(TrainerTest, ResumesExactly) {
  for (const size_t threads : {1, 2}) {
    TrainingRun whole = small_run("ra", text_.view());
    Trainer through = trainer(&whole, threads);
    take_steps(&through, 12);
    through.begin_quantisation();
    take_steps(&through, 8);

    TrainingRun first = small_run("ra", text_.view());
    Trainer before = trainer(&first, threads);
    take_steps(&before, 12);
    before.begin_quantisation();
    take_steps(&before, 3);
    before.save();
    TrainingRun second;
    ASSERT_TRUE(read_checkpoint(write_checkpoint(first), &second).ok());
    Trainer after = trainer(&second, threads);
    ASSERT_TRUE(after.restore());
    take_steps(&after, 5);
    EXPECT_EQ(second.weights, whole.weights);
    EXPECT_EQ(second.average, whole.average);
    EXPECT_EQ(second.tokens, whole.tokens);
    EXPECT_EQ(second.bytes, whole.bytes);
  }
}

// How streams are grouped and shared out changes nothing but rounding.
TEST_F(TrainerTest, GroupsAndThreadsChangeOnlyRounding) {
  const auto weights_after = [&](uint32_t group, size_t threads) {
    TrainingRun run = small_run("ra", text_.view());
    run.train.micro_streams = group;
    Trainer with = trainer(&run, threads);
    take_steps(&with, 3);
    return run.weights;
  };
  const std::vector<float> expected = weights_after(4, 1);
  for (const auto& [group, threads] : {std::pair<uint32_t, size_t>{1, 1}, {2, 2}, {1, 3}}) {
    const std::vector<float> weights = weights_after(group, threads);
    double most = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
      most = std::max(most, std::abs(double{weights[i]} - double{expected[i]}));
    }
    EXPECT_LT(most, 0.01) << group << " streams, " << threads << " threads";
  }
}

// Another grouping may be taken up from a checkpoint too.
TEST_F(TrainerTest, StateOfStreamsDoesNotDependOnGroups) {
  TrainingRun run = small_run("ra", text_.view());
  Trainer with = trainer(&run, 1);
  take_steps(&with, 2);
  with.save();
  TrainingRun other = run;
  other.train.micro_streams = 4;
  Trainer regrouped = trainer(&other, 1);
  ASSERT_TRUE(regrouped.restore());
  regrouped.save();
  EXPECT_EQ(other.streams, run.streams);
  const double expected = take_steps(&with, 1);
  EXPECT_NEAR(take_steps(&regrouped, 1), expected, 1e-5);
}

TEST_F(TrainerTest, StopsBeforeAnythingIsSpoiled) {
  TrainingRun run = small_run("r", text_.view());
  Trainer with = trainer(&run, 1);
  take_steps(&with, 2);
  const TrainingRun good = run;
  const model::Layout layout = run.layout();
  const size_t spoiled = layout.parameters[layout.blocks[0].up].offset;
  run.weights[spoiled] = std::numeric_limits<float>::infinity();
  const StepResult result = with.step(1);
  EXPECT_FALSE(std::isfinite(result.norm));
  run.weights[spoiled] = good.weights[spoiled];
  EXPECT_EQ(run.weights, good.weights);
  EXPECT_EQ(run.average, good.average);
  EXPECT_EQ(run.moments.steps, good.moments.steps);
  EXPECT_EQ(run.moments.first, good.moments.first);
  EXPECT_EQ(run.tokens, good.tokens);
}

TEST_F(TrainerTest, EightBitsCostLittle) {
  TrainingRun run = small_run("r", text_.view());
  Trainer with = trainer(&run, 1);
  take_steps(&with, 200);
  const SmallText unseen(vocabulary_, {easy_text(60, 9)});
  const double real = evaluate(run, run.weights, unseen.view(), lengths_, 1)[0].bits_per_byte();
  with.begin_quantisation();
  EXPECT_EQ(run.steps.size(), 2u);
  const double rounded = evaluate(run, run.weights, unseen.view(), lengths_, 1)[0].bits_per_byte();
  EXPECT_NE(rounded, real);
  EXPECT_NEAR(rounded, real, 0.05 * real);
  EXPECT_LT(take_steps(&with, 20), 1.3 * real);
}

TEST(QuantiseTest, RowsAreWholeMultiplesOfTheirSteps) {
  const model::NetworkConfig config = {.vocabulary = 8,
                                       .width = 16,
                                       .blocks = "r",
                                       .recurrence_width = 8,
                                       .feed_forward = 8,
                                       .ngram_rows = 4,
                                       .ngram_width = 4,
                                       .classes = 2};
  const model::Layout layout = model::make_layout(config, 2);
  std::vector<float> weights(layout.total);
  initialise<float>(config, layout, 1, weights);
  std::vector<float> quantised(layout.total);
  quantise_weights(layout, weights, 0, 1, quantised);
  for (const model::Parameter& parameter : layout.parameters) {
    for (size_t row = 0; row < parameter.rows; ++row) {
      const size_t at = parameter.offset + row * parameter.columns;
      float most = 0;
      for (size_t c = 0; c < parameter.columns; ++c) {
        most = std::max(most, std::abs(weights[at + c]));
      }
      const bool hashed = parameter.name == "ngram2" || parameter.name == "ngram3";
      const float step = hashed ? kNgramStep : most / 127;
      for (size_t c = 0; c < parameter.columns; ++c) {
        const float value = quantised[at + c];
        if (parameter.kind == model::ParameterKind::kVector) {
          EXPECT_EQ(value, weights[at + c]) << parameter.name;
          continue;
        }
        EXPECT_NEAR(value, weights[at + c], 0.501f * step) << parameter.name;
        if (step > 0) {
          EXPECT_NEAR(value / step, std::round(value / step), 1e-3) << parameter.name;
        }
      }
    }
  }
}

TEST(QuantiseTest, SaturatesAndStopsGradientsThere) {
  std::vector<float> x = {0.2f, -0.2f, 0.26f, 100, -100, 63.5f, 63.4f, 63.0f};
  quantise<float>(x.size(), 0.5f, x.data());
  EXPECT_EQ(x, (std::vector<float>{0, 0, 0.5f, 63.5f, -63.5f, 63.5f, 63.5f, 63.0f}));
  std::vector<float> grads(x.size(), 1.0f);
  stop_saturated<float>(x.size(), 0.5f, x.data(), grads.data());
  EXPECT_EQ(grads, (std::vector<float>{1, 1, 1, 0, 0, 0, 0, 1}));
}

}  // namespace
}  // namespace pith::train
