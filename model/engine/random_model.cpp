#include "model/engine/random_model.h"

#include <bit>
#include <utility>

namespace pith::model {
namespace {

constexpr int32_t kOne = 1 << kVectorBits;

// What a vector's elements lie between.
struct Range {
  int32_t low;
  int32_t high;
};

Range range_of(const Layout& layout, size_t index) {
  for (const BlockLayout& block : layout.blocks) {
    if (block.kind != BlockKind::kRecurrence) continue;
    if (index == block.taps) return {-kOne, kOne};
    if (index == block.bias) return {-kOne, 6 * kOne};
    if (index == block.gain) return {-kOne / 2, 2 * kOne};
  }
  return {-kOne, kOne};  // of logits
}

Scale random_scale(uint32_t shift, PlainRandom* random) {
  return {static_cast<uint16_t>(random->between(kMantissaMin, kMantissaMax)),
          static_cast<uint8_t>(shift)};
}

IntegerParameter random_parameter(const Layout& layout, size_t index, PlainRandom* random) {
  const Parameter& shape = layout.parameters[index];
  IntegerParameter parameter;
  if (shape.kind == ParameterKind::kVector) {
    const Range range = range_of(layout, index);
    for (size_t i = 0; i < shape.size(); ++i) {
      parameter.numbers.push_back(random->between(range.low, range.high));
    }
    return parameter;
  }
  if (has_one_scale(layout, index)) {
    parameter.scales.push_back({kMantissaMin, 19});
  } else {
    // So that a row's result is about 1 where what it multiplies is.
    const auto columns = static_cast<uint32_t>(std::bit_width(shape.columns));
    const uint32_t shift = index == layout.embedding ? 21 : 20 + columns / 2;
    for (size_t row = 0; row < shape.rows; ++row) {
      parameter.scales.push_back(random_scale(shift - random->below(2), random));
    }
  }
  std::vector<int8_t> weights(shape.size());
  for (int8_t& weight : weights) weight = static_cast<int8_t>(random->between(-127, 127));
  parameter.weights = std::move(weights);
  return parameter;
}

}  // namespace

IntegerModel random_model(const NetworkConfig& config, uint64_t seed) {
  PlainRandom random(seed);
  IntegerModel model;
  model.config = config;
  for (uint32_t c = 0; c <= config.classes; ++c) {
    model.cut.begin.push_back(
        static_cast<uint32_t>(uint64_t{config.vocabulary} * c / config.classes));
  }
  for (size_t i = 0; i < 2 * config.blocks.size(); ++i) {
    model.steps.push_back(random_scale(19, &random));
  }
  const Layout layout = model.layout();
  for (size_t i = 0; i < layout.parameters.size(); ++i) {
    model.parameters.push_back(random_parameter(layout, i, &random));
  }
  return model;
}

}  // namespace pith::model
