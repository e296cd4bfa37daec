// Gradients by all parameters, and which rows of the embeddings have any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/network_layout.h"

namespace pith::train {

// Rows of a table that a step has touched, each once.
class TouchedRows {
 public:
  void resize(size_t rows) { flags_.assign(rows, 0); }
  void add(uint32_t row) {
    if (flags_[row] != 0) return;
    flags_[row] = 1;
    list_.push_back(row);
  }
  void clear() {
    for (const uint32_t row : list_) flags_[row] = 0;
    list_.clear();
  }
  [[nodiscard]] const std::vector<uint32_t>& list() const { return list_; }

 private:
  std::vector<uint8_t> flags_;  // [rows]
  std::vector<uint32_t> list_;
};

template <class Real>
struct Gradients {
  explicit Gradients(const model::Layout& layout)
      : values(layout.total), touched(layout.parameters.size()) {
    for (size_t i = 0; i < layout.parameters.size(); ++i) {
      if (layout.parameters[i].kind == model::ParameterKind::kEmbedding) {
        touched[i].resize(layout.parameters[i].rows);
      }
    }
  }

  std::vector<Real> values;          // [layout.total]
  std::vector<TouchedRows> touched;  // [parameters]; of the embeddings
};

}  // namespace pith::train
