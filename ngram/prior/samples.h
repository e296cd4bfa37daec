// What the samples that a prior is made from are used for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pith::ngram {

// Part of the samples' bytes.
struct SampleRange {
  uint32_t begin;
  uint32_t end;

  [[nodiscard]] uint32_t size() const { return end - begin; }
};

// Every document is in one of the three, cut into several where it is large.
struct SampleSplit {
  std::vector<SampleRange> counted;  // their contexts make the table
  std::vector<SampleRange> tuned;    // with the table in place they train the starting values
  std::vector<SampleRange> held;     // neither: they tell what the prior is worth
};

inline constexpr uint64_t kSamplesMax = UINT32_MAX - 1;  // bytes
inline constexpr uint64_t kTunedMost = 8u << 20;         // bytes
inline constexpr uint64_t kHeldMost = 2u << 20;          // bytes
inline constexpr uint32_t kTuningPiece = 150'000;  // bytes: what starting values are tuned for

// sizes: of the documents, bytes, one after another; at most kSamplesMax in all. A tenth of them is
// held and a tenth tuned with, up to the limits above.
[[nodiscard]] SampleSplit split_samples(std::span<const uint64_t> sizes);

// Copies of the ranges' bytes, joined and cut into pieces of kTuningPiece bytes (the last one may
// be shorter), in an order that mixes them.
[[nodiscard]] std::vector<std::vector<uint8_t>> tuning_pieces(std::span<const uint8_t> bytes,
                                                              std::span<const SampleRange> ranges);

}  // namespace pith::ngram
