#include "model/train/optimizer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include "model/train/orthogonalise.h"
#include "model/train/parallel.h"

namespace pith::train {
namespace {

constexpr size_t kTaskElements = size_t{1} << 16;
constexpr float kAdamEpsilon = 1e-10f;

}  // namespace

Optimizer::Optimizer(const model::Layout& layout, const OptimizerConfig& config, size_t threads)
    : layout_(layout), config_(config), threads_(threads) {}

float Optimizer::rate_of(model::ParameterKind kind) const {
  switch (kind) {
    case model::ParameterKind::kMatrix:
      return config_.matrix_rate;
    case model::ParameterKind::kEmbedding:
      return config_.embedding_rate;
    case model::ParameterKind::kOutput:
      return config_.output_rate;
    case model::ParameterKind::kVector:
      break;
  }
  return config_.vector_rate;
}

// The largest tasks first, so that threads end together: a matrix costs most, and stands alone.
void Optimizer::plan(std::span<Gradients<float>> grads) {
  tasks_.clear();
  for (size_t i = 0; i < layout_.parameters.size(); ++i) {
    const model::Parameter& parameter = layout_.parameters[i];
    if (parameter.kind != model::ParameterKind::kMatrix) continue;
    const size_t rows = parameter.rows / parameter.parts;
    for (size_t part = 0; part < parameter.parts; ++part) {
      tasks_.push_back({i, part * rows, (part + 1) * rows});
    }
  }
  const auto size = [&](const Task& task) {
    return (task.end - task.begin) * layout_.parameters[task.parameter].columns;
  };
  std::stable_sort(tasks_.begin(), tasks_.end(),
                   [&](const Task& a, const Task& b) { return size(a) > size(b); });
  for (size_t i = 0; i < layout_.parameters.size(); ++i) {
    const model::Parameter& parameter = layout_.parameters[i];
    if (parameter.kind == model::ParameterKind::kMatrix) continue;
    size_t rows = parameter.rows;
    if (parameter.kind == model::ParameterKind::kEmbedding) {
      for (size_t thread = 1; thread < grads.size(); ++thread) {
        for (const uint32_t row : grads[thread].touched[i].list()) grads[0].touched[i].add(row);
      }
      rows = grads[0].touched[i].list().size();
    }
    const size_t chunk = std::max<size_t>(1, kTaskElements / parameter.columns);
    for (size_t row = 0; row < rows; row += chunk) {
      tasks_.push_back({i, row, std::min(row + chunk, rows)});
    }
  }
  squares_.assign(tasks_.size(), 0);
}

template <class Work>
void Optimizer::share(const Work& work) const {
  std::atomic<size_t> next = 0;
  run_parallel(threads_, [&](size_t) {
    Orthogonaliser orthogonaliser;
    for (size_t i = next++; i < tasks_.size(); i = next++) work(i, &orthogonaliser);
  });
}

double Optimizer::sum_rows(const Task& task, std::span<Gradients<float>> grads) const {
  const model::Parameter& parameter = layout_.parameters[task.parameter];
  double squares = 0;
  for (size_t i = task.begin; i < task.end; ++i) {
    const size_t row = row_of(parameter, grads[0].touched[task.parameter], i);
    const size_t at = parameter.offset + row * parameter.columns;
    float* sum = grads[0].values.data() + at;
    for (size_t thread = 1; thread < grads.size(); ++thread) {
      const float* more = grads[thread].values.data() + at;
#pragma omp simd
      for (size_t c = 0; c < parameter.columns; ++c) sum[c] += more[c];
    }
    float row_squares = 0;
#pragma omp simd reduction(+ : row_squares)
    for (size_t c = 0; c < parameter.columns; ++c) row_squares += sum[c] * sum[c];
    squares += double{row_squares};
  }
  return squares;
}

void Optimizer::adam(const Task& task, float rate, float clip, const Gradients<float>& grads,
                     std::span<float> weights, Moments* moments) const {
  const model::Parameter& parameter = layout_.parameters[task.parameter];
  const auto steps = static_cast<float>(moments->steps);
  const float correction =
      std::sqrt(1 - std::pow(config_.beta2, steps)) / (1 - std::pow(config_.beta1, steps));
  const float speed = rate * rate_of(parameter.kind) * correction;
  const float beta1 = config_.beta1;
  const float beta2 = config_.beta2;
  for (size_t i = task.begin; i < task.end; ++i) {
    const size_t row = row_of(parameter, grads.touched[task.parameter], i);
    const size_t at = parameter.offset + row * parameter.columns;
    const float* grad = grads.values.data() + at;
    float* weight = weights.data() + at;
    float* first = moments->first.data() + at;
    float* second = moments->second.data() + at;
#pragma omp simd
    for (size_t c = 0; c < parameter.columns; ++c) {
      const float g = grad[c] * clip;
      first[c] = beta1 * first[c] + (1 - beta1) * g;
      second[c] = beta2 * second[c] + (1 - beta2) * g * g;
      weight[c] -= speed * first[c] / (std::sqrt(second[c]) + kAdamEpsilon);
    }
  }
}

void Optimizer::muon(const Task& task, float rate, float clip, float* grads,
                     std::span<float> weights, Moments* moments,
                     Orthogonaliser* orthogonaliser) const {
  const model::Parameter& parameter = layout_.parameters[task.parameter];
  const size_t rows = task.end - task.begin;
  const size_t at = parameter.offset + task.begin * parameter.columns;
  const size_t size = rows * parameter.columns;
  const float momentum = config_.momentum;
  float* update = grads + at;
  float* mean = moments->first.data() + at;
#pragma omp simd
  for (size_t i = 0; i < size; ++i) {
    const float g = (1 - momentum) * clip * update[i];
    mean[i] = momentum * mean[i] + g;
    update[i] = momentum * mean[i] + g;
  }
  orthogonaliser->run(rows, parameter.columns, update);
  // The root makes updates of one size whatever the shape: an output moves by about the rate.
  const float ratio = static_cast<float>(rows) / static_cast<float>(parameter.columns);
  const float speed = rate * config_.matrix_rate;
  const float reach = speed * std::sqrt(std::max(1.0f, ratio));
  const float keep = 1 - speed * config_.matrix_decay;
  float* weight = weights.data() + at;
#pragma omp simd
  for (size_t i = 0; i < size; ++i) weight[i] = keep * weight[i] - reach * update[i];
}

void Optimizer::clear(const Task& task, std::span<Gradients<float>> grads) const {
  const model::Parameter& parameter = layout_.parameters[task.parameter];
  for (size_t i = task.begin; i < task.end; ++i) {
    const size_t row = row_of(parameter, grads[0].touched[task.parameter], i);
    const size_t at = parameter.offset + row * parameter.columns;
    for (Gradients<float>& each : grads) {
      std::fill_n(each.values.data() + at, parameter.columns, 0.0f);
    }
  }
}

double Optimizer::step(float rate, std::span<Gradients<float>> grads, std::span<float> weights,
                       Moments* moments) {
  plan(grads);
  share([&](size_t i, Orthogonaliser*) { squares_[i] = sum_rows(tasks_[i], grads); });
  const double norm = std::sqrt(std::accumulate(squares_.begin(), squares_.end(), 0.0));
  const bool usable = std::isfinite(norm);
  if (usable) ++moments->steps;
  const float clip =
      norm > double{config_.clip} ? static_cast<float>(double{config_.clip} / norm) : 1.0f;
  share([&](size_t i, Orthogonaliser* orthogonaliser) {
    const Task& task = tasks_[i];
    const model::Parameter& parameter = layout_.parameters[task.parameter];
    if (usable && parameter.kind != model::ParameterKind::kMatrix) {
      adam(task, rate, clip, grads[0], weights, moments);
    } else if (usable) {
      muon(task, rate, clip, grads[0].values.data(), weights, moments, orthogonaliser);
    }
    clear(task, grads);
  });
  for (Gradients<float>& each : grads) {
    for (TouchedRows& touched : each.touched) touched.clear();
  }
  return norm;
}

}  // namespace pith::train
