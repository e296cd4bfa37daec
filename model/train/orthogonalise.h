// The nearest matrix with orthonormal rows or columns, approximately: the heart of Muon.
#pragma once

#include <cstddef>
#include <vector>

namespace pith::train {

// Five steps of the quintic Newton-Schulz iteration with the coefficients of K. Jordan et al.
// (2024, "Muon"), which bring all singular values into about [0.7, 1.2]. One object a thread.
class Orthogonaliser {
 public:
  // x [rows][columns], dense; replaced. A zero matrix stays zero.
  void run(size_t rows, size_t columns, float* x);

 private:
  std::vector<float> wide_;    // [small][large]: the iterate
  std::vector<float> gram_;    // [small][small]
  std::vector<float> factor_;  // [small][small]
};

}  // namespace pith::train
