// The network one token at a time, in plain loops: docs/network.md as code, to be read. Slow. What
// is trained, many tokens at a time, is tested against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/network_layout.h"

namespace pith::train {

class ReferenceNetwork {
 public:
  // The arguments outlive the network. weights [layout.total], quantised by the caller if steps are
  // given. steps: of quantised activations, two a block, or empty for none.
  ReferenceNetwork(const model::NetworkConfig& config, const model::Layout& layout,
                   const model::ClassCut& cut, std::span<const float> weights,
                   std::span<const float> steps);

  // Back to the start of a text.
  void start();

  // Takes the next token of the text, kStartToken before the first. Returns ln P of every token
  // that may follow, [V].
  [[nodiscard]] std::vector<float> step(uint16_t token);

 private:
  using Vector = std::vector<float>;

  struct Block {
    std::vector<Vector> inputs;  // r: [up to kTaps][2e] value and decay inputs, the newest first
    Vector hidden;               // r: [e]
    std::vector<Vector>
        keys;  // a: [up to window][kv_heads c], rotated by their place, oldest first
    std::vector<Vector> values;  // a: the same
  };

  [[nodiscard]] Vector embedding() const;
  [[nodiscard]] Vector recurrence(const model::BlockLayout& at, const Vector& in,
                                  Block* block) const;
  [[nodiscard]] Vector attention(const Vector& in, Block* block) const;
  void rotate(float* head) const;
  // A matrix of the layout times x; rows [first, first + count).
  [[nodiscard]] Vector product(size_t parameter, const Vector& x, size_t first, size_t count) const;
  [[nodiscard]] Vector product(size_t parameter, const Vector& x) const;
  [[nodiscard]] const float* values(size_t parameter) const {
    return weights_.data() + layout_.parameters[parameter].offset;
  }
  // What enters a matrix: of 8 bits if the network is quantised.
  void round(float step, Vector* x) const;

  const model::NetworkConfig& config_;
  const model::Layout& layout_;
  const model::ClassCut& cut_;
  std::span<const float> weights_;
  std::span<const float> steps_;
  std::vector<Block> blocks_;
  uint16_t last_[3] = {};  // tokens, the newest first
  size_t place_ = 0;       // tokens taken before this one
};

}  // namespace pith::train
