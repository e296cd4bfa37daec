#include "ngram/prior/samples.h"

#include <algorithm>
#include <utility>

namespace pith::ngram {
namespace {

// A document is cut so that no part is more than this fraction of all, ...
constexpr uint64_t kPartsLeast = 60;
// ... nor larger than this, ...
constexpr uint64_t kPartMost = 512 * 1024;
// ... but no smaller than this.
constexpr uint64_t kPartLeast = 2048;

// Picks parts evenly over their sequence, until they make up a share of its bytes.
class Picker {
 public:
  Picker(uint64_t total, uint64_t most)
      : share_(std::min(0.1, static_cast<double>(most) / static_cast<double>(total))) {}

  bool take(uint32_t size) {
    due_ += share_ * size;
    if (due_ < size / 2.0) return false;
    due_ -= size;
    return true;
  }

 private:
  double share_;
  double due_ = 0;  // bytes
};

}  // namespace

SampleSplit split_samples(std::span<const uint64_t> sizes) {
  uint64_t total = 0;
  for (const uint64_t size : sizes) total += size;
  SampleSplit split;
  if (total == 0) return split;
  const uint64_t part = std::clamp(total / kPartsLeast, kPartLeast, kPartMost);
  Picker held(total, kHeldMost);
  Picker tuned(total, kTunedMost);
  uint64_t begin = 0;
  for (const uint64_t size : sizes) {
    for (const uint64_t end = begin + size; begin < end;) {
      const uint64_t stop = end - begin > part + part / 2 ? begin + part : end;
      const SampleRange range = {static_cast<uint32_t>(begin), static_cast<uint32_t>(stop)};
      auto& to = held.take(range.size())    ? split.held
                 : tuned.take(range.size()) ? split.tuned
                                            : split.counted;
      to.push_back(range);
      begin = stop;
    }
  }
  return split;
}

std::vector<std::vector<uint8_t>> tuning_pieces(std::span<const uint8_t> bytes,
                                                std::span<const SampleRange> ranges) {
  std::vector<std::vector<uint8_t>> pieces;
  for (const SampleRange& range : ranges) {
    for (uint32_t at = range.begin; at < range.end;) {
      if (pieces.empty() || pieces.back().size() == kTuningPiece) pieces.emplace_back();
      const auto room = static_cast<uint32_t>(kTuningPiece - pieces.back().size());
      const uint32_t n = std::min(room, range.end - at);
      const auto from = bytes.subspan(at, n);
      pieces.back().insert(pieces.back().end(), from.begin(), from.end());
      at += n;
    }
  }
  uint32_t random = 1;
  for (size_t i = pieces.size(); i > 1; --i) {
    random = random * 1664525u + 1013904223u;
    std::swap(pieces[i - 1], pieces[(uint64_t{random} * i) >> 32]);
  }
  return pieces;
}

}  // namespace pith::ngram
