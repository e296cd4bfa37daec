// Checkpoints as bytes: nothing is lost, nothing wrong is accepted.
#include "model/train/checkpoint.h"

#include <gtest/gtest.h>
#include <xxhash.h>

#include <cstring>
#include <string>

#include "model/train/loss_curve.h"
#include "tests/train/small_run.h"

namespace pith::train {
namespace {

class CheckpointTest : public testing::Test {
 protected:
  CheckpointTest()
      : text_(small_vocabulary(), {easy_text(20, 1)}), run_(small_run("ra", text_.view())) {
    run_.train.mix = {{"two words", 0.25f}, {"b", 1}};
    run_.moments.steps = 12345;
    run_.tokens = uint64_t{1} << 40;
    run_.bytes = uint64_t{3} << 40;
    run_.seconds = 1.0 / 3;
    run_.curve = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    run_.steps = {0.1f, 0.2f, 0.3f, 0.4f};
    run_.sampler = {1, 2, ~uint64_t{0}};
    run_.streams = {1.5f, 2.5f, 3.5f};
    run_.moments.first[3] = 0.125f;
  }

  // The error of the checkpoint after its text has been changed and its checksum made right again.
  static model::FileError error_after(std::vector<uint8_t> file, const std::string& from,
                                      const std::string& to) {
    const std::string_view all(reinterpret_cast<const char*>(file.data()), file.size());
    const size_t at = all.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    EXPECT_EQ(from.size(), to.size());
    std::memcpy(file.data() + at, to.data(), to.size());
    const uint64_t hash = XXH3_64bits(file.data(), file.size() - 8);
    std::memcpy(file.data() + file.size() - 8, &hash, sizeof hash);
    TrainingRun run;
    return read_checkpoint(file, &run);
  }

  SmallText text_;
  TrainingRun run_;
};

TEST_F(CheckpointTest, KeepsEverything) {
  TrainingRun read;
  const auto error = read_checkpoint(write_checkpoint(run_), &read);
  ASSERT_TRUE(error.ok()) << error.text;
  EXPECT_EQ(read.config, run_.config);
  EXPECT_EQ(train_config_text(read.train), train_config_text(run_.train));
  EXPECT_EQ(read.cut.begin, run_.cut.begin);
  EXPECT_EQ(read.class_rows, run_.class_rows);
  EXPECT_EQ(read.vocabulary, run_.vocabulary);
  EXPECT_EQ(read.tokens, run_.tokens);
  EXPECT_EQ(read.bytes, run_.bytes);
  EXPECT_EQ(read.seconds, run_.seconds);
  EXPECT_EQ(read.weights, run_.weights);
  EXPECT_EQ(read.average, run_.average);
  EXPECT_EQ(read.moments.first, run_.moments.first);
  EXPECT_EQ(read.moments.second, run_.moments.second);
  EXPECT_EQ(read.moments.steps, run_.moments.steps);
  EXPECT_EQ(read.steps, run_.steps);
  EXPECT_EQ(read.sampler, run_.sampler);
  EXPECT_EQ(read.streams, run_.streams);
  EXPECT_EQ(write_checkpoint(read), write_checkpoint(run_));
}

TEST_F(CheckpointTest, RefusesDamage) {
  const std::vector<uint8_t> file = write_checkpoint(run_);
  TrainingRun run;
  for (size_t size = 0; size < file.size(); size += 1 + size / 9) {
    EXPECT_FALSE(read_checkpoint(std::span(file).first(size), &run).ok()) << size;
  }
  for (size_t at = 0; at < file.size(); at += 1 + at / 9) {
    std::vector<uint8_t> damaged = file;
    damaged[at] ^= 0x10;
    EXPECT_FALSE(read_checkpoint(damaged, &run).ok()) << at;
  }
  EXPECT_TRUE(run.weights.empty()) << "an error leaves the run as it was";
}

TEST_F(CheckpointTest, RefusesWhatDoesNotFitTogether) {
  const std::vector<uint8_t> file = write_checkpoint(run_);
  const std::string weights = "array weights f32 " + std::to_string(run_.weights.size());
  const std::string fewer = "array weights f32 " + std::to_string(run_.weights.size() - 2);
  EXPECT_STREQ(error_after(file, weights, fewer).text, "unexpected content");
  EXPECT_STREQ(error_after(file, "array steps f32 4", "array steps f32 9").text,
               "an array that is cut short");
  EXPECT_STREQ(error_after(file, "array sampler u64 3", "array sampler f32 3").text,
               "unexpected arrays");
  EXPECT_STREQ(error_after(file, "width 24", "width 32").text,
               "parameters that do not fit the configuration");
  EXPECT_STREQ(error_after(file, "width 24", "width  4").text, "not a valid configuration");
  EXPECT_STREQ(error_after(file, "blocks ra", "blocks rx").text, "not a valid configuration");
  EXPECT_STREQ(error_after(file, "class_begin 0", "class_begin 1").text, "classes that are no cut");
  EXPECT_STREQ(error_after(file, "streams 4", "streams 3").text, "not a valid configuration");
  EXPECT_STREQ(error_after(file, "seconds 0", "seconds x").text,
               "a line of the header cannot be read");
}

TEST_F(CheckpointTest, LossCurveIsOneDocument) {
  for (size_t points = 0; points <= run_.curve.size(); ++points) {
    const std::string svg = loss_curve_svg(std::span(run_.curve).first(points));
    EXPECT_EQ(svg.find("<svg "), 0u);
    EXPECT_EQ(svg.find("</svg>"), svg.size() - 7);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
}

}  // namespace
}  // namespace pith::train
