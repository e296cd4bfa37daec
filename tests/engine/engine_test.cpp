// The engine as a whole: what it computes, however it is called and with whatever kernels.
#include "model/engine/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/engine/random_model.h"
#include "model/engine/self_test.h"
#include "tests/engine/plain_engine.h"

namespace pith::model {
namespace {

struct Shape {
  const char* name;
  NetworkConfig config;
};

// Lengths that are and are not multiples of those that kernels work in.
const Shape kShapes[] = {
    {"round",
     {.vocabulary = 96,
      .width = 64,
      .blocks = "rr",
      .recurrence_width = 48,
      .feed_forward = 80,
      .ngram_rows = 32,
      .ngram_width = 16,
      .classes = 16}},
    {"odd",
     {.vocabulary = 101,
      .width = 39,
      .blocks = "ra",
      .recurrence_width = 23,
      .feed_forward = 57,
      .heads = 3,
      .kv_heads = 3,
      .head_width = 6,
      .window = 7,
      .ngram_rows = 8,
      .ngram_width = 5,
      .classes = 9}},
    {"attention_first",
     {.vocabulary = 64,
      .width = 32,
      .blocks = "ar",
      .recurrence_width = 40,
      .feed_forward = 33,
      .heads = 4,
      .kv_heads = 2,
      .head_width = 34,
      .window = 300,
      .ngram_rows = 0,
      .classes = 1}},
    {"no_tables",
     {.vocabulary = 40,
      .width = 130,
      .blocks = "r",
      .recurrence_width = 8,
      .feed_forward = 300,
      .ngram_rows = 0,
      .classes = 40}},
};

struct Results {
  std::vector<int8_t> features;
  std::vector<uint32_t> counts;  // of classes and tokens
  friend bool operator==(const Results&, const Results&) = default;
};

std::vector<uint16_t> some_tokens(const NetworkConfig& config, size_t count) {
  PlainRandom random(3);
  std::vector<uint16_t> tokens = {kStartToken};
  // Some come again and again, as in a text.
  while (tokens.size() < count) {
    const uint32_t below = random.below(2) == 0 ? 4 : config.vocabulary;
    tokens.push_back(static_cast<uint16_t>(random.below(below)));
  }
  return tokens;
}

// Arrays are exactly as long as the engine says, so that a sanitizer sees what goes beyond.
class Runner {
 public:
  explicit Runner(const Engine& engine) : engine_(engine), state_(engine.state_bytes(), 0x5A) {
    engine.start(state_.data());
  }

  void take(std::span<const uint16_t> tokens, Results* results) {
    AlignedVector<uint8_t> scratch(engine_.scratch_bytes(tokens.size()), 0xA5);
    AlignedVector<int8_t> features(tokens.size() * engine_.feature_size());
    engine_.advance(tokens.data(), tokens.size(), state_.data(), scratch.data(), features.data());
    const uint32_t classes = engine_.cut().classes();
    std::vector<uint32_t> class_counts(tokens.size() * classes);
    engine_.class_counts(features.data(), tokens.size(), scratch.data(), class_counts.data());
    AlignedVector<uint8_t> one(engine_.scratch_bytes(1), 0xA5);
    for (size_t t = 0; t < tokens.size(); ++t) {
      const int8_t* const at = features.data() + t * engine_.feature_size();
      results->features.insert(results->features.end(), at, at + engine_.config().width);
      results->counts.insert(results->counts.end(), class_counts.begin() + t * classes,
                             class_counts.begin() + (t + 1) * classes);
      for (uint32_t c = 0; c < classes; ++c) {
        std::vector<uint32_t> counts(engine_.cut().size(c));
        engine_.token_counts(at, c, one.data(), counts.data());
        results->counts.insert(results->counts.end(), counts.begin(), counts.end());
      }
    }
  }

 private:
  const Engine& engine_;
  AlignedVector<uint8_t> state_;
};

// cut: tokens of the calls, in turns.
Results run(const Engine& engine, std::span<const uint16_t> tokens, std::vector<size_t> cut) {
  Results results;
  Runner runner(engine);
  for (size_t at = 0, i = 0; at < tokens.size(); ++i) {
    const size_t steps = std::min(cut[i % cut.size()], tokens.size() - at);
    runner.take(tokens.subspan(at, steps), &results);
    at += steps;
  }
  return results;
}

Results run_plainly(const IntegerModel& model, std::span<const uint16_t> tokens) {
  PlainEngine engine(model);
  Results results;
  for (const uint16_t token : tokens) {
    const PlainEngine::Numbers features = engine.step(token);
    results.features.insert(results.features.end(), features.begin(), features.end());
    const auto add = [&](const PlainEngine::Numbers& counts) {
      results.counts.insert(results.counts.end(), counts.begin(), counts.end());
    };
    add(engine.class_counts(features));
    for (uint32_t c = 0; c < model.cut.classes(); ++c) add(engine.token_counts(features, c));
  }
  return results;
}

std::unique_ptr<const Engine> make_engine(const IntegerModel& model) {
  std::unique_ptr<const Engine> engine;
  const FileError error = Engine::create(model, &engine);
  EXPECT_TRUE(error.ok()) << error.text;
  return engine;
}

class EngineTest : public testing::TestWithParam<Shape> {
 protected:
  void TearDown() override { engine_force_kernel(engine_kernel_names().back()); }
};

TEST_P(EngineTest, EqualsThePage) {
  const IntegerModel model = random_model(GetParam().config, 11);
  const auto tokens = some_tokens(model.config, 40);
  const auto engine = make_engine(model);
  const Results expected = run_plainly(model, tokens);
  for (const char* name : engine_kernel_names()) {
    ASSERT_TRUE(engine_force_kernel(name));
    EXPECT_STREQ(engine_kernel_name(), name);
    const Results results = run(*engine, tokens, {Engine::kMostSteps});
    EXPECT_TRUE(results == expected) << name;
  }
}

TEST_P(EngineTest, TheSameHoweverTokensAreCutIntoCalls) {
  const IntegerModel model = random_model(GetParam().config, 12);
  const auto tokens = some_tokens(model.config, 3 * Engine::kMostSteps + 5);
  const auto engine = make_engine(model);
  const Results expected = run(*engine, tokens, {1});
  for (const char* name : engine_kernel_names()) {
    ASSERT_TRUE(engine_force_kernel(name));
    for (const std::vector<size_t>& cut : std::vector<std::vector<size_t>>{
             {1}, {Engine::kMostSteps}, {8}, {2, 1, 9, 3}, {31, 4, 17}}) {
      EXPECT_TRUE(run(*engine, tokens, cut) == expected) << name << ", first call " << cut[0];
    }
  }
}

// Each of the states that are kept goes on as the one that was stepped to its place.
TEST_P(EngineTest, KeptStatesAreThoseOfSingleSteps) {
  const IntegerModel model = random_model(GetParam().config, 15);
  const auto engine = make_engine(model);
  const auto tokens = some_tokens(model.config, 40);
  constexpr size_t kSteps = 5;
  for (const size_t place : {0, 3, 30}) {
    std::vector<AlignedVector<uint8_t>> states(kSteps + 1,
                                               AlignedVector<uint8_t>(engine->state_bytes(), 0xA5));
    AlignedVector<uint8_t> single(engine->state_bytes(), 0x5A);
    AlignedVector<uint8_t> scratch(engine->scratch_bytes(kSteps), 0xA5);
    AlignedVector<int8_t> features(kSteps * engine->feature_size());
    for (auto& state : states) engine->start(state.data());  // what pads them is the same
    for (size_t i = 0; i < place; ++i) {
      engine->advance(&tokens[i], 1, states[0].data(), scratch.data(), features.data());
    }
    single = states[0];
    const AlignedVector<uint8_t> before = single;
    std::vector<uint8_t*> at;
    at.reserve(states.size());
    for (auto& state : states) at.push_back(state.data());
    engine->advance(&tokens[place], kSteps, at.data(), scratch.data(), features.data());
    EXPECT_EQ(states[0], before);
    for (size_t t = 0; t < kSteps; ++t) {
      AlignedVector<int8_t> feature(engine->feature_size());
      engine->advance(&tokens[place + t], 1, single.data(), scratch.data(), feature.data());
      EXPECT_EQ(states[t + 1], single) << "from " << place << ", step " << t;
    }
  }
}

TEST_P(EngineTest, CountsAreInTheirRange) {
  const IntegerModel model = random_model(GetParam().config, 13);
  const auto engine = make_engine(model);
  const Results results = run(*engine, some_tokens(model.config, 40), {5});
  EXPECT_GE(*std::min_element(results.counts.begin(), results.counts.end()), 1u);
  EXPECT_EQ(*std::max_element(results.counts.begin(), results.counts.end()), Engine::kCountMax);
  EXPECT_GT(*std::max_element(results.features.begin(), results.features.end()), 16);
  EXPECT_GE(*std::min_element(results.features.begin(), results.features.end()), -127);
}

// Weights, scales and steps as large and as small as files can have them.
TEST_P(EngineTest, ExtremeModelsEqualThePage) {
  PlainRandom random(4);
  for (int extreme = 0; extreme < 6; ++extreme) {
    IntegerModel model = random_model(GetParam().config, 14);
    const auto scale = [&] {
      const auto shift = extreme == 1 ? 60u : extreme == 2 ? 12u : 8 + random.below(30);
      return Scale{static_cast<uint16_t>(random.between(kMantissaMin, kMantissaMax)),
                   static_cast<uint8_t>(shift)};
    };
    for (Scale& step : model.steps) step = scale();
    const Layout layout = model.layout();
    for (size_t i = 0; i < model.parameters.size(); ++i) {
      IntegerParameter& parameter = model.parameters[i];
      if (extreme < 3) {
        parameter.weights = std::vector<int8_t>(parameter.weights.size(), int8_t{127});
      }
      for (int32_t& number : parameter.numbers) {
        number = extreme % 2 == 0 ? INT32_MAX : random.below(2) == 0 ? INT32_MIN : number;
      }
      const bool table = has_one_scale(layout, i);
      for (Scale& s : parameter.scales) s = table ? s : scale();
    }
    // Of what is too large for the engine, half until it is not.
    std::unique_ptr<const Engine> engine;
    for (int tries = 0; tries < 60 && !Engine::create(model, &engine).ok(); ++tries) {
      for (size_t i = 0; i < model.parameters.size(); ++i) {
        for (Scale& s : model.parameters[i].scales) {
          if (!has_one_scale(layout, i) && s.shift < kShiftMax) ++s.shift;
        }
      }
    }
    ASSERT_NE(engine, nullptr);
    const auto tokens = some_tokens(model.config, 12);
    const Results expected = run_plainly(model, tokens);
    for (const char* name : engine_kernel_names()) {
      ASSERT_TRUE(engine_force_kernel(name));
      EXPECT_TRUE(run(*engine, tokens, {12}) == expected) << name << ", extreme " << extreme;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, EngineTest, testing::ValuesIn(kShapes),
                         [](const auto& shape) { return std::string(shape.param.name); });

// Must be the same on every machine and for ever: files depend on it.
TEST(EngineGoldenTest, Numbers) {
  uint64_t hash = 0;
  for (const Shape& shape : kShapes) {
    const auto engine = make_engine(random_model(shape.config, 15));
    const Results results = run(*engine, some_tokens(shape.config, 50), {7});
    for (const int8_t x : results.features) hash = hash * 0x100000001B3 + static_cast<uint8_t>(x);
    for (const uint32_t x : results.counts) hash = hash * 0x100000001B3 + x;
  }
  EXPECT_EQ(hash, 4860126851428492671u);
}

TEST(EngineSelfTest, PassesWithAllKernels) {
  for (const char* name : engine_kernel_names()) {
    ASSERT_TRUE(engine_force_kernel(name));
    EXPECT_TRUE(engine_self_test()) << name;
  }
  EXPECT_FALSE(engine_force_kernel("abacus"));
}

TEST(EngineCreateTest, RefusesWhatItCannotCompute) {
  const NetworkConfig& config = kShapes[0].config;
  std::unique_ptr<const Engine> engine;
  IntegerModel model = random_model(config, 1);
  const Layout layout = model.layout();
  model.parameters[layout.ngram3].scales[0].shift += 1;
  EXPECT_STREQ(Engine::create(model, &engine).text, "n-gram tables of different scales");

  for (const size_t parameter : {layout.ngram_project, layout.blocks[0].in, layout.blocks[1].down,
                                 layout.class_rows, layout.token_rows}) {
    model = random_model(config, 1);
    model.parameters[parameter].scales[3].shift = 0;
    EXPECT_STREQ(Engine::create(model, &engine).text, "weights larger than the engine can take");
  }

  NetworkConfig wide = kShapes[2].config;
  wide.heads = 64;
  wide.head_width = 66;
  EXPECT_STREQ(Engine::create(random_model(wide, 1), &engine).text,
               "rows of weights longer than the engine can take");
  EXPECT_EQ(engine, nullptr);
}

}  // namespace
}  // namespace pith::model
