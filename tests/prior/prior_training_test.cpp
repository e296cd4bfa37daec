// Training: what comes out is a prior that helps, the same one every time.
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "container/base/allocator.h"
#include "container/methods/ngram_method.h"
#include "container/methods/prior_trainer.h"
#include "container/priors/prior.h"
#include "corpora/generate.h"

namespace pith::container {
namespace {

struct Samples {
  std::vector<uint8_t> bytes;
  std::vector<uint64_t> sizes;

  void add(const std::vector<uint8_t>& document) {
    bytes.insert(bytes.end(), document.begin(), document.end());
    sizes.push_back(document.size());
  }
};

Samples prose(size_t documents) {
  Samples samples;
  for (uint64_t seed = 1; seed <= documents; ++seed) {
    samples.add(corpus::generate("prose", 20'000, seed));
  }
  return samples;
}

std::vector<uint8_t> trained(const Samples& samples, PriorReport* report) {
  std::vector<uint8_t> file;
  const Status status = train_prior(
      {.samples = samples.bytes, .sizes = samples.sizes, .max_size = kPriorSizeMin}, &file, report);
  EXPECT_TRUE(status.ok()) << status.text;
  return file;
}

TEST(PriorTraining, GivesAPriorThatHelps) {
  PriorReport report;
  const std::vector<uint8_t> file = trained(prose(20), &report);
  EXPECT_LE(file.size(), kPriorSizeMin);
  std::unique_ptr<Prior> prior;
  ASSERT_TRUE(Prior::read(file, &prior).ok());
  EXPECT_TRUE(prior->serves(ngram::ContentKind::kText));
  EXPECT_EQ(report.counted + report.tuned + report.held, 400'000u);
  EXPECT_GT(report.entries, 1000u);
  for (size_t level = 0; level < ngram::kNgramLevels; ++level) {
    EXPECT_LT(report.held_with[level], report.held_without[level] * 9 / 10) << level;
  }
}

TEST(PriorTraining, IsDeterministic) {
  PriorReport report;
  const Samples samples = prose(8);
  EXPECT_EQ(trained(samples, &report), trained(samples, &report));
}

// All instruction sets make the same bytes with a prior, and decode them.
TEST(PriorTraining, EveryKernelCodesAlike) {
  PriorReport report;
  const std::vector<uint8_t> file = trained(prose(8), &report);
  std::unique_ptr<Prior> prior;
  ASSERT_TRUE(Prior::read(file, &prior).ok());
  const std::vector<uint8_t> raw = corpus::generate("prose", 30'000, 99);
  Buffer memory(std::pmr::get_default_resource());
  for (int level = 1; level <= static_cast<int>(ngram::kNgramLevels); ++level) {
    const NgramConfig config{.level = level,
                             .kind = ngram::ContentKind::kText,
                             .raw_size = static_cast<uint32_t>(raw.size()),
                             .prior = prior.get()};
    std::vector<uint8_t> first;
    for (const char* kernel : ngram_kernel_names()) {
      ASSERT_TRUE(ngram_force_kernel(kernel));
      std::vector<uint8_t> coded(raw.size());
      coded.resize(ngram_encode(config, raw, coded, memory.discard_and_resize(ngram_memory(config)),
                                nullptr));
      if (first.empty()) first = coded;
      EXPECT_EQ(coded, first) << kernel << " at level " << level;
      std::vector<uint8_t> back(raw.size());
      EXPECT_TRUE(ngram_decode(config, coded, back, memory.discard_and_resize(ngram_memory(config)),
                               nullptr));
      EXPECT_EQ(back, raw);
    }
  }
}

TEST(PriorTraining, RefusesWhatItCannotUse) {
  PriorReport report;
  std::vector<uint8_t> file;
  const auto status_of = [&](const Samples& s, uint64_t max_size) {
    return train_prior({.samples = s.bytes, .sizes = s.sizes, .max_size = max_size}, &file, &report)
        .code;
  };
  EXPECT_EQ(status_of({}, kPriorSizeDefault), PITH_ERR_PARAM);
  EXPECT_EQ(status_of(prose(1), kPriorSizeDefault), PITH_ERR_PARAM) << "20 KB is too little";
  EXPECT_EQ(status_of(prose(8), 1000), PITH_ERR_PARAM);
  Samples wrong = prose(8);
  wrong.sizes.back() += 1;
  EXPECT_EQ(status_of(wrong, kPriorSizeDefault), PITH_ERR_PARAM);
  wrong.sizes.back() -= 2;
  EXPECT_EQ(status_of(wrong, kPriorSizeDefault), PITH_ERR_PARAM);
  Samples noise;
  for (uint64_t seed = 1; seed <= 8; ++seed) noise.add(corpus::generate("random", 20'000, seed));
  EXPECT_EQ(status_of(noise, kPriorSizeDefault), PITH_ERR_PARAM);
  EXPECT_TRUE(file.empty());
}

TEST(PriorTraining, CanBeStopped) {
  const Samples samples = prose(8);
  for (const double at : {0.1, 0.7, 0.99}) {
    PriorReport report;
    std::vector<uint8_t> file;
    const Status status = train_prior({.samples = samples.bytes,
                                       .sizes = samples.sizes,
                                       .progress = [at](double done) { return done > at; }},
                                      &file, &report);
    EXPECT_EQ(status.code, PITH_ERR_CANCELLED) << at;
  }
}

}  // namespace
}  // namespace pith::container
