// Makes a prior from samples: divides them, counts contexts, packs a table, trains the starting
// values that go with it, and measures what it is worth on samples kept back.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "container/base/status.h"
#include "ngram/ensemble.h"

namespace pith::container {

// A prior of less than this is hardly more than its starting values, bytes.
inline constexpr uint64_t kPriorSizeMin = 1 << 20;
inline constexpr uint64_t kPriorSizeDefault = 4 << 20;
// Fewer samples than this say nothing, bytes.
inline constexpr uint64_t kSamplesMin = 64 * 1024;

struct PriorTraining {
  std::span<const uint8_t> samples;       // documents, one after another
  std::span<const uint64_t> sizes;        // of the documents, bytes
  uint64_t max_size = kPriorSizeDefault;  // of the prior, bytes
  uint64_t memory_limit = 0;              // bytes, 0: none; what the samples take not included
  // Told how much of the work is done, 0..1, now and then; a true return stops with CANCELLED.
  std::function<bool(double)> progress{};
};

struct PriorReport {
  uint64_t counted = 0;  // bytes whose contexts are in the table
  uint64_t tuned = 0;    // bytes that the starting values were trained with
  uint64_t held = 0;     // bytes kept back
  uint64_t entries = 0;  // of the table
  // [level] bytes that the samples kept back are coded to, in pieces of at most
  // ngram::kTuningPiece.
  std::array<uint64_t, ngram::kNgramLevels> held_without{};
  std::array<uint64_t, ngram::kNgramLevels> held_with{};
};

// Throws std::bad_alloc. PITH_ERR_PARAM: too few or too many samples, or no text among them.
Status train_prior(const PriorTraining& training, std::vector<uint8_t>* file, PriorReport* report);

}  // namespace pith::container
