#include "ngram/layout.h"

namespace pith::ngram {
namespace {

// log2 of n, rounded up, within [least, most].
uint32_t bits_for(uint32_t n, uint32_t least, uint32_t most) {
  uint32_t bits = least;
  while (bits < most && (uint64_t{1} << bits) < n) ++bits;
  return bits;
}

}  // namespace

Layout layout(const LevelShape& shape, uint32_t raw_size) {
  Layout at{};
  // Hardly more than half of all contexts are new ones; a line has three or four slots.
  const uint64_t wanted = uint64_t{raw_size} * shape.contexts / 4 + 64;
  const uint64_t most = uint64_t{shape.table_mib} * 1024 * 1024 / (2 * sizeof(ByteLine));
  at.lines = static_cast<uint32_t>(wanted < most ? wanted : most);
  at.match_bits = bits_for(raw_size, 8, 20);
  at.map_bits = bits_for(raw_size / 2, 9, 17);
  size_t end = 0;
  const auto place = [&end](size_t bytes) {
    const size_t start = end;
    end += (bytes + 63) / 64 * 64;
    return start;
  };
  at.byte_lines = place(size_t{at.lines} * sizeof(ByteLine));
  at.nibble_lines = place(size_t{at.lines} * sizeof(NibbleLine));
  at.match = place((size_t{2} << at.match_bits) * sizeof(uint32_t));
  at.zeroed = end;
  at.weights = place(weight_rows(shape) * padded_inputs(shape) * sizeof(int16_t));
  at.maps =
      place((shape.maps << at.map_bits) * AdaptiveMap::kColumns * sizeof(AdaptiveProbability));
  at.predictor = place(kPredictorRoom);
  at.total = end;
  return at;
}

}  // namespace pith::ngram
