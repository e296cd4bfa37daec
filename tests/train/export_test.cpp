// Model files: what a run becomes, and what is refused.
#include "model/train/export.h"

#include <gtest/gtest.h>
#include <xxhash.h>

#include <cmath>
#include <cstring>
#include <string>

#include "model/train/evaluate.h"
#include "model/train/scale.h"
#include "tests/train/small_run.h"

namespace pith::train {
namespace {

TEST(ScaleTest, NearestOfFifteenBits) {
  for (const double value : {1.0, 0.99999, 1.00001, 0.5, 3.14159, 1e-9, 12345.678, 0x1p-40}) {
    const model::Scale scale = scale_of(value);
    EXPECT_GE(scale.mantissa, model::kMantissaMin);
    EXPECT_LE(scale.mantissa, model::kMantissaMax);
    EXPECT_LE(scale.shift, model::kShiftMax);
    EXPECT_NEAR(value_of(scale) / value, 1, 0x1p-15) << value;
  }
  EXPECT_EQ(value_of(scale_of(0.03125)), 0.03125);
}

class ExportTest : public testing::TestWithParam<const char*> {
 protected:
  ExportTest()
      : text_(small_vocabulary(), {easy_text(40, 1), easy_text(10, 2)}),
        run_(small_run(GetParam(), text_.view())) {
    for (size_t i = 0; i < run_.average.size(); ++i) {
      run_.average[i] += 0.2f * std::sin(static_cast<float>(i));
    }
    run_.steps = measure_steps(run_, text_.view());
  }
  [[nodiscard]] std::vector<uint8_t> file() const { return model::write_model(to_integers(run_)); }

  // The error of a file after a change, with its checksum made right again.
  template <class Change>
  static model::FileError error_after(std::vector<uint8_t> file, const Change& change) {
    change(&file);
    const uint64_t hash = XXH3_64bits(file.data(), file.size() - 8);
    for (size_t i = 0; i < 8; ++i) {
      file[file.size() - 8 + i] = static_cast<uint8_t>(hash >> 8 * i);
    }
    model::IntegerModel model;
    return model::read_model(file, &model);
  }

  SmallText text_;
  TrainingRun run_;
};

TEST_P(ExportTest, PredictsAsTheQuantisedRunDoes) {
  const std::vector<uint8_t> content = file();
  model::IntegerModel model;
  const auto error = model::read_model(content, &model);
  ASSERT_TRUE(error.ok()) << error.text;
  const TrainingRun back = from_integers(model);
  const auto lengths = lengths_of(small_vocabulary());
  const auto expected = evaluate(run_, run_.average, text_.view(), lengths, 1);
  const auto losses = evaluate(back, back.average, text_.view(), lengths, 1);
  for (size_t i = 0; i < losses.size(); ++i) {
    EXPECT_NEAR(losses[i].bits, expected[i].bits, 0.01 * expected[i].bits);
  }
  EXPECT_EQ(back.vocabulary, run_.vocabulary);
  // Integers stay what they are.
  EXPECT_EQ(model::write_model(to_integers(back)), content);
}

TEST_P(ExportTest, DamageIsRefused) {
  const std::vector<uint8_t> good = file();
  model::IntegerModel model;
  for (size_t size = 0; size < good.size(); size += 1 + size / 9) {
    EXPECT_FALSE(model::read_model(std::span(good).first(size), &model).ok()) << size;
  }
  for (size_t at = 0; at < good.size(); at += 1 + at / 9) {
    std::vector<uint8_t> damaged = good;
    damaged[at] ^= 0x40;
    EXPECT_FALSE(model::read_model(damaged, &model).ok()) << at;
  }
  EXPECT_TRUE(model.parameters.empty()) << "an error leaves the model as it was";
}

// With a checksum that is right, every number must still be one that the engine can take.
TEST_P(ExportTest, NumbersOutOfRangeAreRefused) {
  using File = std::vector<uint8_t>;
  const File good = file();
  const std::string_view text(reinterpret_cast<const char*>(good.data()), good.size());
  const size_t head = 16;
  const size_t head_size = good[12] | size_t{good[13]} << 8;
  const size_t classes = head + head_size;
  const size_t vocabulary = classes + 4 + 2 * (run_.cut.classes() + size_t{1});
  const size_t steps = vocabulary + 4 + run_.vocabulary.size();
  const auto error_with = [&](size_t at, uint8_t byte) {
    return error_after(good, [&](File* file) { (*file)[at] = byte; });
  };
  EXPECT_TRUE(error_with(steps, good[steps]).ok());
  EXPECT_STREQ(error_with(8, 2).text, "a version that this program does not know");
  EXPECT_STREQ(error_with(head, 'c').text, "not a valid configuration");
  EXPECT_STREQ(error_with(12, 0xFF).text, "not a valid configuration");
  EXPECT_STREQ(error_with(15, 0xFF).text, "cut short");
  EXPECT_STREQ(error_with(classes + 3, 1).text, "no valid number of classes");
  EXPECT_STREQ(error_with(classes, 0).text, "no valid number of classes");
  EXPECT_STREQ(error_with(classes + 4, 1).text, "classes that do not follow each other");
  EXPECT_STREQ(error_with(classes + 7, 9).text, "classes that do not follow each other");
  EXPECT_STREQ(error_with(vocabulary + 3, 0xFF).text, "a vocabulary of an impossible size");
  EXPECT_STREQ(error_with(steps + 1, 0x80).text, "a scale out of range");
  EXPECT_STREQ(error_with(steps + 1, 0x10).text, "a scale out of range");
  EXPECT_STREQ(error_with(steps + 2, 99).text, "a scale out of range");
  const auto error_at_end = [&](auto change) { return error_after(good, change); };
  EXPECT_STREQ(error_at_end([](File* file) { file->insert(file->end() - 8, 1); }).text,
               "more content than the configuration asks for");
  EXPECT_STREQ(error_at_end([](File* file) { file->erase(file->end() - 9); }).text, "cut short");
  const model::Layout layout = run_.layout();
  const size_t biases = layout.parameters.back().size() * 4;
  EXPECT_STREQ(error_with(good.size() - 8 - biases - 1, 0x80).text, "a weight of -128");
}

INSTANTIATE_TEST_SUITE_P(Blocks, ExportTest, testing::Values("r", "ra"));

}  // namespace
}  // namespace pith::train
