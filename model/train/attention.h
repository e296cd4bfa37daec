// Sliding-window attention between a block's two matrices (docs/network.md, section 4).
#pragma once

#include <cstddef>
#include <vector>

#include "model/network_config.h"
#include "model/train/batch.h"

namespace pith::train {

// What a stream carries from one pass to the next: its last window - 1 keys (normalised, not
// rotated) and values (normalised).
template <class Real>
struct AttentionState {
  std::vector<Real> keys;    // [streams][window - 1][kv_heads * c], oldest first
  std::vector<Real> values;  // the same

  void resize(size_t streams, const model::NetworkConfig& config);
};

template <class Real>
class Attention {
 public:
  explicit Attention(const model::NetworkConfig& config);

  // From now on queries, keys and values have 8 bits, with kNormStep.
  void set_quantised(bool quantised) { quantised_ = quantised; }

  // in [size][(heads + 2 kv_heads) c]: queries, keys, values; their heads are normalised in
  // place. out [size][heads * c]. Advances the state.
  void forward(const Batch& batch, Real* in, AttentionState<Real>* state, Real* out);

  // The gradients by in from those by out, for the last forward(). Nothing flows into the state
  // that the pass began with.
  void backward(const Batch& batch, const Real* in, const Real* d_out, Real* d_in);

 private:
  void gather(const Batch& batch, size_t stream, const Real* in, const AttentionState<Real>& state);
  void keep(const Batch& batch, size_t stream, AttentionState<Real>* state) const;
  void softmax(const Batch& batch, size_t stream, Real* scores) const;
  // Turns heads of the rows by their place; inverse turns back. stride: elements between rows.
  void rotate(size_t rows, size_t heads, size_t stride, size_t first_place, bool inverse,
              Real* data);

  size_t heads_, kv_heads_, width_, window_;
  bool quantised_ = false;
  size_t carried_;                // window - 1
  std::vector<Real> turns_;       // [places][2][c / 2]: cosines, sines
  std::vector<Real> reciprocal_;  // [heads + 2 kv_heads][size]
  std::vector<Real> queries_;     // [size][heads * c], rotated
  std::vector<Real> keys_;        // [streams][carried + steps][kv_heads * c], rotated
  std::vector<Real> values_;      // the same shape
  std::vector<Real> plain_keys_;  // [carried + steps][kv_heads * c] of one stream, before rotation
  std::vector<Real> weights_;     // [streams][heads][steps][carried + steps]
};

}  // namespace pith::train
