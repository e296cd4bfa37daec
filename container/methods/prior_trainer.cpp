#include "container/methods/prior_trainer.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

#include "container/base/allocator.h"
#include "container/methods/content.h"
#include "container/methods/ngram_method.h"
#include "container/priors/prior.h"
#include "ngram/prior/counting.h"
#include "ngram/prior/packing.h"
#include "ngram/prior/samples.h"
#include "ngram/start.h"

namespace pith::container {
namespace {

using ngram::ContentKind;
using ngram::kNgramLevels;
using Pieces = std::vector<std::vector<uint8_t>>;

// Where counting stands for this share of the work.
constexpr double kCountingShare = 0.6;
// Room for the starting values of a kind and all headers, bytes: the table gets the rest of the
// size asked for.
constexpr uint64_t kStartRoom = [] {
  uint64_t room = 4096;
  for (const ngram::LevelShape& shape : ngram::kLevels) room += 2 * ngram::start_words(shape);
  return room;
}();
static_assert(kPriorSizeMin > kPriorKinds * kStartRoom + 64 * 1024);
// A context must recur in several parts of the text; there are about so many parts.
constexpr uint64_t kChunks = 1500;
constexpr uint32_t kChunkMost = 128 * 1024;
constexpr uint32_t kChunkLeast = 1024;

uint32_t chunk_bytes(uint64_t counted) {
  const auto even =
      static_cast<uint32_t>(std::clamp<uint64_t>(counted / kChunks, kChunkLeast, kChunkMost));
  return std::bit_floor(even);
}

// The pieces of a kind.
std::vector<std::span<const uint8_t>> of_kind(const Pieces& pieces, ContentKind kind) {
  std::vector<std::span<const uint8_t>> out;
  for (const auto& piece : pieces) {
    if (detect_content(piece) == kind) out.emplace_back(piece);
  }
  return out;
}

class Trainer {
 public:
  Trainer(const PriorTraining& training, PriorReport* report)
      : training_(training), report_(report) {}

  Status run(std::vector<uint8_t>* file) {
    split_ = ngram::split_samples(training_.sizes);
    tuning_ = ngram::tuning_pieces(training_.samples, split_.tuned);
    held_ = ngram::tuning_pieces(training_.samples, split_.held);
    for (const auto& r : split_.counted) report_->counted += r.size();
    for (const auto& r : split_.tuned) report_->tuned += r.size();
    for (const auto& r : split_.held) report_->held += r.size();
    uint64_t kinds = 0;
    for (size_t k = 0; k < kPriorKinds; ++k) {
      pieces_[k] = of_kind(tuning_, static_cast<ContentKind>(k));
      kinds += pieces_[k].empty() ? 0 : 1;
    }
    PITH_CHECK(kinds != 0, PITH_ERR_PARAM, "there is no text among the samples");
    PITH_TRY(make_table(training_.max_size - kinds * kStartRoom));
    PITH_TRY(make_starts());
    std::vector<uint8_t> made = serialise_prior(packed_, starts_);
    PITH_TRY(measure(made));
    *file = std::move(made);
    return {};
  }

 private:
  Status make_table(uint64_t bytes) {
    const ngram::PriorTexts texts{training_.samples, split_.counted};
    ngram::CountingLimits limits;
    limits.chunk_bytes = chunk_bytes(report_->counted);
    // Results of counting take about as much again.
    if (training_.memory_limit != 0) limits.work_bytes = training_.memory_limit / 2;
    const auto total = static_cast<double>(ngram::counting_bytes(texts, limits));
    const auto counts = ngram::count_contexts(texts, limits, [&](uint64_t read) {
      return told(kCountingShare * static_cast<double>(read) / total);
    });
    PITH_CHECK(!counts.empty(), PITH_ERR_CANCELLED, nullptr);
    packed_ = ngram::pack_prior(counts, bytes);
    report_->entries = packed_.entries;
    return {};
  }

  Status make_starts() {
    const ngram::PriorTable table = packed_.table();
    for (size_t level = 0; level < kNgramLevels; ++level) {
      for (size_t k = 0; k < kPriorKinds; ++k) {
        if (pieces_[k].empty()) continue;
        starts_[level][k] = ngram_train_start(static_cast<int>(level) + 1,
                                              static_cast<ContentKind>(k), &table, pieces_[k]);
      }
      const double share = static_cast<double>(level + 1) / kNgramLevels;
      PITH_CHECK(!told(kCountingShare + 0.9 * (1 - kCountingShare) * share), PITH_ERR_CANCELLED,
                 nullptr);
    }
    return {};
  }

  // Codes what was kept back with and without the prior.
  Status measure(std::span<const uint8_t> file) {
    std::unique_ptr<Prior> prior;
    PITH_TRY(Prior::read(file, &prior));
    for (size_t level = 0; level < kNgramLevels; ++level) {
      for (const auto& piece : held_) {
        const ContentKind kind = detect_content(piece);
        NgramConfig config{.level = static_cast<int>(level) + 1,
                           .kind = kind,
                           .raw_size = static_cast<uint32_t>(piece.size())};
        report_->held_without[level] += coded_size(config, piece);
        if (prior->serves(kind)) config.prior = prior.get();
        report_->held_with[level] += coded_size(config, piece);
      }
      const double share = static_cast<double>(level + 1) / kNgramLevels;
      PITH_CHECK(!told(1 - 0.1 * (1 - kCountingShare) * (1 - share)), PITH_ERR_CANCELLED, nullptr);
    }
    return {};
  }

  static uint64_t coded_size(const NgramConfig& config, std::span<const uint8_t> raw) {
    Buffer memory(std::pmr::get_default_resource());
    std::vector<uint8_t> coded(raw.size() + raw.size() / 8 + 64);
    return ngram_encode(config, raw, coded, memory.discard_and_resize(ngram_memory(config)),
                        nullptr);
  }

  bool told(double share) { return training_.progress && training_.progress(share); }

  const PriorTraining& training_;
  PriorReport* report_;
  ngram::SampleSplit split_;
  Pieces tuning_;
  Pieces held_;
  std::array<std::vector<std::span<const uint8_t>>, kPriorKinds> pieces_;
  ngram::PackedPrior packed_;
  PriorStarts starts_;
};

}  // namespace

Status train_prior(const PriorTraining& training, std::vector<uint8_t>* file, PriorReport* report) {
  *report = {};
  uint64_t total = 0;
  for (const uint64_t size : training.sizes) {
    PITH_CHECK(size <= training.samples.size() - total, PITH_ERR_PARAM,
               "the sizes of the samples are more than the samples");
    total += size;
  }
  PITH_CHECK(total == training.samples.size(), PITH_ERR_PARAM,
             "the sizes of the samples are less than the samples");
  PITH_CHECK(total >= kSamplesMin, PITH_ERR_PARAM,
             "too few samples for a prior: at least 64 KiB are needed");
  PITH_CHECK(total <= ngram::kSamplesMax, PITH_ERR_PARAM,
             "too many samples for a prior: at most 4 GiB can be read");
  PITH_CHECK(training.max_size >= kPriorSizeMin && training.max_size <= kPriorSizeMax,
             PITH_ERR_PARAM, "the size of a prior is 1 MiB..1 GiB");
  return Trainer(training, report).run(file);
}

}  // namespace pith::container
