// docs/network.md once more, one number at a time in 64 bits, without a line of the engine: what
// the engine must equal bit for bit. Slow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/integer_model.h"

namespace pith::model {

class PlainEngine {
 public:
  using Numbers = std::vector<int64_t>;

  // model outlives the engine.
  explicit PlainEngine(const IntegerModel& model);

  // Takes the next token; returns what the output layers read, [d].
  Numbers step(uint32_t token);
  // Counts of all classes, and of the tokens of one, from what step() returned.
  [[nodiscard]] Numbers class_counts(const Numbers& features) const;
  [[nodiscard]] Numbers token_counts(const Numbers& features, uint32_t class_index) const;

 private:
  struct Block {
    std::vector<Numbers> inputs;  // r: [up to kTaps][2e], the newest first
    Numbers hidden;               // r: [e]
    std::vector<Numbers> keys;    // a: [up to window][kv_heads c], oldest first
    std::vector<Numbers> values;
  };

  [[nodiscard]] Numbers product(size_t parameter, const Numbers& x, Scale step, int bits,
                                size_t first, size_t count) const;
  [[nodiscard]] Numbers product(size_t parameter, const Numbers& x, Scale step, int bits) const;
  [[nodiscard]] Numbers embedding() const;
  [[nodiscard]] Numbers recurrence(size_t index, const Numbers& in);
  [[nodiscard]] Numbers attention(size_t index, const Numbers& in);
  [[nodiscard]] Numbers counts(size_t rows, size_t bias, const Numbers& features, size_t first,
                               size_t count) const;

  const IntegerModel& model_;
  Layout layout_;
  std::vector<Block> blocks_;
  std::vector<uint32_t> tokens_;
};

}  // namespace pith::model
