// The tokens of one pass: several streams, some consecutive tokens of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pith::train {

// All arrays are [streams][steps]. A text starts where since is 0: there the input is kStartToken,
// and no state from before reaches that place.
struct Batch {
  size_t streams = 0;
  size_t steps = 0;
  std::vector<uint16_t> input;   // token before the one to predict
  std::vector<uint16_t> input2;  // the one before that; kStartToken if before the text
  std::vector<uint16_t> input3;  // and before that
  std::vector<uint16_t> target;  // token to predict
  std::vector<uint32_t> since;   // tokens since the start of the text

  [[nodiscard]] size_t size() const { return streams * steps; }
  void resize(size_t stream_count, size_t step_count) {
    streams = stream_count;
    steps = step_count;
    for (auto* tokens : {&input, &input2, &input3, &target}) tokens->resize(size());
    since.resize(size());
  }
};

}  // namespace pith::train
