#include "model/train/export.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/train/network.h"
#include "model/train/quantise.h"
#include "model/train/sampler.h"
#include "model/train/scale.h"

namespace pith::train {
namespace {

// Tokens that steps are measured on.
constexpr uint32_t kStreams = 8;
constexpr size_t kTokens = 256;
constexpr uint32_t kSegment = 1024;

constexpr double kVectorUnit = 1 << model::kVectorBits;
constexpr double kNumberMax = 0x7FFFFFFF;

// The smallest step of a row; one of zeros has it.
constexpr double kLeastStep = 0x1p-30;

void to_integers(const float* from, size_t n, model::Scale scale, std::vector<int8_t>* to) {
  const double unit = value_of(scale);
  for (size_t i = 0; i < n; ++i) {
    const double most = double{kQuantisedMax};
    const double q = std::clamp(std::floor(double{from[i]} / unit + 0.5), -most, most);
    to->push_back(static_cast<int8_t>(q));
  }
}

model::IntegerParameter parameter_of(const model::Layout& layout, size_t index, const float* from) {
  const model::Parameter& shape = layout.parameters[index];
  model::IntegerParameter parameter;
  if (shape.kind == model::ParameterKind::kVector) {
    for (size_t i = 0; i < shape.size(); ++i) {
      const double number = std::clamp(double{from[i]} * kVectorUnit, -kNumberMax, kNumberMax);
      parameter.numbers.push_back(static_cast<int32_t>(std::lround(number)));
    }
    return parameter;
  }
  std::vector<int8_t> weights;
  weights.reserve(shape.size());
  if (model::has_one_scale(layout, index)) {
    parameter.scales.push_back(scale_of(double{kNgramStep}));
    to_integers(from, shape.size(), parameter.scales[0], &weights);
    parameter.weights = std::move(weights);
    return parameter;
  }
  for (size_t row = 0; row < shape.rows; ++row, from += shape.columns) {
    double most = 0;
    for (size_t c = 0; c < shape.columns; ++c) most = std::max(most, std::abs(double{from[c]}));
    const double step = std::max(kLeastStep, most / double{kQuantisedMax});
    parameter.scales.push_back(scale_of(step));
    to_integers(from, shape.columns, parameter.scales.back(), &weights);
  }
  parameter.weights = std::move(weights);
  return parameter;
}

}  // namespace

model::IntegerModel to_integers(const TrainingRun& run) {
  const model::Layout layout = run.layout();
  model::IntegerModel model;
  model.config = run.config;
  model.cut = run.cut;
  model.vocabulary = run.vocabulary;
  for (const float step : run.steps) model.steps.push_back(scale_of(double{step}));
  for (size_t i = 0; i < layout.parameters.size(); ++i) {
    model.parameters.push_back(
        parameter_of(layout, i, run.average.data() + layout.parameters[i].offset));
  }
  return model;
}

TrainingRun from_integers(const model::IntegerModel& model) {
  TrainingRun run;
  run.config = model.config;
  run.cut = model.cut;
  run.vocabulary = model.vocabulary;
  for (const model::Scale step : model.steps) {
    run.steps.push_back(static_cast<float>(value_of(step)));
  }
  const model::Layout layout = run.layout();
  run.weights.resize(layout.total);
  for (size_t i = 0; i < layout.parameters.size(); ++i) {
    const model::Parameter& shape = layout.parameters[i];
    const model::IntegerParameter& from = model.parameters[i];
    float* to = run.weights.data() + shape.offset;
    for (size_t j = 0; j < from.numbers.size(); ++j) {
      to[j] = static_cast<float>(from.numbers[j] / kVectorUnit);
    }
    for (size_t j = 0; j < from.weights.size(); ++j) {
      const size_t row = from.scales.size() == 1 ? 0 : j / shape.columns;
      to[j] = static_cast<float>(from.weights[j] * value_of(from.scales[row]));
    }
  }
  run.average = run.weights;
  return run;
}

std::vector<float> measure_steps(const TrainingRun& run, const PackedText& text) {
  const model::Layout layout = run.layout();
  const std::vector<double> weights(text.names.size(), 1.0);
  Sampler sampler(text, weights, kSegment, kStreams, 1);
  Batch batch;
  batch.resize(kStreams, kTokens);
  sampler.fill(0, &batch);
  Network<float> network(run.config, layout, run.cut);
  return network.measure_steps(batch, run.average, NetworkState<float>(run.config, kStreams));
}

}  // namespace pith::train
