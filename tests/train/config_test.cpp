// Configurations, and the classes of the output.
#include <gtest/gtest.h>

#include <numeric>

#include "model/train/class_cut.h"
#include "model/train/schedule.h"
#include "model/train/train_config.h"
#include "tests/train/small_text.h"

namespace pith::train {
namespace {

TEST(NetworkConfigTest, TextIsReadBack) {
  model::NetworkConfig config;
  config.blocks = "rar";
  config.width = 320;
  config.ngram_rows = 0;
  config.classes = 77;
  model::NetworkConfig read;
  EXPECT_EQ(model::parse_config(model::config_text(config), &read), "");
  EXPECT_EQ(read, config);
}

TEST(NetworkConfigTest, CommentsAndBlankLinesAreSkipped) {
  model::NetworkConfig config;
  EXPECT_EQ(model::parse_config("# shape\n\n  width\t64  # narrow\r\nblocks a", &config), "");
  EXPECT_EQ(config.width, 64u);
  EXPECT_EQ(config.blocks, "a");
}

TEST(NetworkConfigTest, ErrorsNameTheLine) {
  model::NetworkConfig config;
  EXPECT_EQ(model::parse_config("width 8\nwidht 9\n", &config), "line 2: unknown name \"widht\"");
  EXPECT_EQ(model::parse_config("width many", &config),
            "line 1: width takes a number, not \"many\"");
  EXPECT_EQ(model::parse_config("\nwidth 99999999999", &config),
            "line 2: width takes a number, not \"99999999999\"");
}

TEST(NetworkConfigTest, ImpossibleShapesAreRefused) {
  const auto wrong = [](const char* text) {
    model::NetworkConfig config;
    EXPECT_EQ(model::parse_config(text, &config), "");
    return model::check_config(config);
  };
  EXPECT_EQ(wrong(""), "");
  EXPECT_EQ(wrong("width 0"), "width is 0, not in 8 to 4096");
  EXPECT_EQ(wrong("blocks rxa"), "blocks: \"rxa\" has letters other than r and a");
  EXPECT_EQ(wrong("heads 4\nkv_heads 3"), "kv_heads does not divide heads");
  EXPECT_EQ(wrong("head_width 33"), "head_width is odd");
  EXPECT_EQ(wrong("ngram_rows 1000"), "ngram_rows is not a power of two");
  EXPECT_EQ(wrong("vocabulary 300\nclasses 301"), "more classes than tokens");
}

// The sum of docs/network.md, section 7, by hand.
TEST(NetworkConfigTest, MultiplyAdds) {
  model::NetworkConfig config;
  config.width = 10;
  config.recurrence_width = 7;
  config.feed_forward = 20;
  config.heads = 4;
  config.kv_heads = 2;
  config.head_width = 6;
  config.window = 5;
  config.ngram_rows = 16;
  config.ngram_width = 3;
  config.classes = 9;
  config.blocks = "r";
  EXPECT_EQ(model::multiply_adds(config, 11), 2 * 3 * 10 + 4 * 7 * 10 + 2 * 20 * 10 + 20 * 10);
  config.blocks = "a";
  EXPECT_EQ(model::multiply_adds(config, 11),
            2 * 3 * 10 + (2 * 24 * 10 + 2 * 12 * 10 + 2 * 5 * 24) + 2 * 20 * 10 + 20 * 10);
}

TEST(TrainConfigTest, TextIsReadBack) {
  TrainConfig config;
  config.streams = 24;
  config.optimizer.clip = 0.1f;
  config.mix = {{"books", 0.3f}, {"with spaces", 2}};
  std::vector<model::ConfigLine> lines;
  model::NetworkConfig network;
  ASSERT_EQ(model::parse_config(train_config_text(config), &network, &lines), "");
  TrainConfig read;
  EXPECT_EQ(parse_train_config(lines, &read), "");
  EXPECT_EQ(train_config_text(read), train_config_text(config));
}

TEST(TrainConfigTest, ErrorsSayWhat) {
  const auto wrong = [](const char* name, const char* value) {
    TrainConfig config;
    const std::string text = parse_train_config({{3, name, value}}, &config);
    return text.empty() ? check_train_config(config) : text;
  };
  EXPECT_EQ(wrong("stream", "4"), "line 3: unknown name \"stream\"");
  EXPECT_EQ(wrong("clip", "x"), "line 3: clip cannot be \"x\"");
  EXPECT_EQ(wrong("clip", "-1"), "clip is -1, not in 0 to 1e+09");
  EXPECT_EQ(wrong("clip", "nan"), "clip is nan, not in 0 to 1e+09");
  EXPECT_EQ(wrong("mix", "books"), "line 3: mix cannot be \"books\"");
  EXPECT_EQ(wrong("mix", "books -1"), "line 3: mix cannot be \"books -1\"");
  EXPECT_EQ(wrong("steps", "0"), "steps is 0, not in 1 to 4096");
  EXPECT_EQ(wrong("streams", "7"), "micro_streams does not divide streams");
}

TEST(ScheduleTest, RisesStaysAndFallsToZero) {
  TrainConfig config;
  config.warm_up = 10;
  config.warm_down = 0.25f;
  EXPECT_FLOAT_EQ(rate_factor(config, 0, 0), 0.1f);
  EXPECT_FLOAT_EQ(rate_factor(config, 9, 0), 1);
  EXPECT_FLOAT_EQ(rate_factor(config, 500, 0.75), 1);
  EXPECT_FLOAT_EQ(rate_factor(config, 500, 0.875), 0.5f);
  EXPECT_FLOAT_EQ(rate_factor(config, 500, 1), 0);
  EXPECT_FLOAT_EQ(rate_factor(config, 500, 7), 0);
}

// Every class must be all that some state of the symbol walk can still become.
TEST(ClassCutTest, ClassesAreSubtreesOfTheWalk) {
  const model::Vocabulary vocabulary = small_vocabulary();
  std::vector<uint64_t> counts(vocabulary.size(), 1);
  for (uint32_t i = 'a'; i < 'h'; ++i) counts[i] = 1000;
  for (const uint32_t classes : {1u, 2u, 3u, 17u, 100u, 265u}) {
    const model::ClassCut cut = cut_classes(vocabulary, counts, classes);
    EXPECT_EQ(cut.classes(), classes);
    EXPECT_EQ(cut.begin.front(), 0u);
    EXPECT_EQ(cut.begin.back(), vocabulary.size());
    for (uint32_t c = 0; c < cut.classes(); ++c) {
      const model::TokenRange wanted = {cut.begin[c], cut.begin[c + 1]};
      auto cursor = vocabulary.cursor();
      while (cursor.range() != wanted && !cursor.done()) {
        cursor.step(cursor.towards(static_cast<uint16_t>(wanted.low)));
      }
      EXPECT_EQ(cursor.range(), wanted) << "class " << c << " of " << classes;
    }
  }
}

TEST(ClassCutTest, FrequentTokensGetSmallClasses) {
  const model::Vocabulary vocabulary = small_vocabulary();
  std::vector<uint64_t> counts(vocabulary.size(), 1);
  for (uint32_t i = 'a'; i <= 'z'; ++i) counts[i] = 1000;
  const model::ClassCut cut = cut_classes(vocabulary, counts, 24);
  // 24 equal classes would have 11 rows each.
  EXPECT_LT(average_class_rows(cut, counts), 4);
  EXPECT_EQ(average_class_rows(model::ClassCut{{0, 265}}, counts), 265);
}

}  // namespace
}  // namespace pith::train
