// One step along the gradients: Muon for the matrices inside of the network, AdamW for the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/network_layout.h"
#include "model/train/gradients.h"
#include "model/train/orthogonalise.h"

namespace pith::train {

struct OptimizerConfig {
  float matrix_rate = 0.006f;  // Muon's learning rate; the others are Adam's
  float embedding_rate = 0.03f;
  float output_rate = 0.003f;
  float vector_rate = 0.003f;
  float matrix_decay = 0.1f;  // weight decay of matrices, times their rate
  float momentum = 0.95f;     // Muon's, Nesterov's form
  float beta1 = 0.9f;         // Adam's
  float beta2 = 0.98f;
  float clip = 1.0f;  // largest norm of all gradients together
};

// State, as long as the parameters each; kept in checkpoints.
struct Moments {
  explicit Moments(size_t total) : first(total), second(total) {}

  std::vector<float> first;   // Adam's and Muon's mean of gradients
  std::vector<float> second;  // Adam's mean of squares
  uint64_t steps = 0;
};

// Sums the gradients of all threads into the first, adds up their norm, takes a step and clears the
// gradients. Of embeddings only touched rows move (and their moments decay only then). The result
// does not depend on how the threads share the work.
class Optimizer {
 public:
  // The arguments outlive the optimiser.
  Optimizer(const model::Layout& layout, const OptimizerConfig& config, size_t threads);

  // rate: factor of all learning rates, from the schedule. Returns the norm of the gradients before
  // clipping. If it is not finite nothing is changed but the gradients, which are cleared.
  double step(float rate, std::span<Gradients<float>> grads, std::span<float> weights,
              Moments* moments);

 private:
  // Rows [begin, end) of a parameter (of its list of touched rows), or one part of a matrix.
  struct Task {
    size_t parameter;
    size_t begin;
    size_t end;
  };

  void plan(std::span<Gradients<float>> grads);
  // Calls work(task index, the thread's orthogonaliser) for all tasks.
  template <class Work>
  void share(const Work& work) const;
  double sum_rows(const Task& task, std::span<Gradients<float>> grads) const;
  void adam(const Task& task, float rate, float clip, const Gradients<float>& grads,
            std::span<float> weights, Moments* moments) const;
  void muon(const Task& task, float rate, float clip, float* grads, std::span<float> weights,
            Moments* moments, Orthogonaliser* orthogonaliser) const;
  void clear(const Task& task, std::span<Gradients<float>> grads) const;
  [[nodiscard]] float rate_of(model::ParameterKind kind) const;
  // The row of the parameter that is number i of a task's rows.
  [[nodiscard]] static size_t row_of(const model::Parameter& parameter, const TouchedRows& touched,
                                     size_t i) {
    return parameter.kind == model::ParameterKind::kEmbedding ? touched.list()[i] : i;
  }

  const model::Layout& layout_;
  const OptimizerConfig& config_;
  size_t threads_;
  std::vector<Task> tasks_;
  std::vector<double> squares_;  // [tasks]
};

}  // namespace pith::train
