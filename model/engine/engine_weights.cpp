#include "model/engine/engine_weights.h"

#include <algorithm>

#include "model/engine/multiplier.h"

namespace pith::model {
namespace {

constexpr Scale kNormStep = {kMantissaMin, 18};  // 1/16, of a normalised activation
constexpr int32_t kTapMax = (1 << 14) - 1;       // four taps of the largest values fit 32 bits
constexpr int32_t kDecayBiasMax = 1 << 19;
constexpr int32_t kLogitBiasMax = 1 << 23;
constexpr FileError kTooLarge = {"weights larger than the engine can take", 0};
constexpr FileError kTooLong = {"rows of weights longer than the engine can take", 0};
constexpr FileError kTwoScales = {"n-gram tables of different scales", 0};

class Arranger {
 public:
  explicit Arranger(const IntegerModel& model) : model_(model), layout_(model.layout()) {}

  FileError arrange(EngineWeights* to) const {
    const NetworkConfig& config = model_.config;
    const bool attends = config.blocks.find('a') != std::string::npos;
    if (attends && size_t{config.heads} * config.head_width > kColumnsMax) return kTooLong;
    if (!embedding(to)) return kTwoScales;
    bool fits = config.ngram_rows == 0 ||
                matrix(layout_.ngram_project, 1, parameter(layout_.ngram2).scales[0],
                       kEmbeddingBits, &to->ngram_project);
    to->blocks.resize(config.blocks.size());
    for (size_t i = 0; i < to->blocks.size(); ++i) fits = fits && block(i, &to->blocks[i]);
    const ClassCut& cut = model_.cut;
    fits = fits && output(layout_.class_rows, layout_.class_bias, 0, cut.classes(), &to->classes);
    to->tokens.resize(cut.classes());
    for (uint32_t c = 0; c < cut.classes(); ++c) {
      fits = fits && output(layout_.token_rows, layout_.token_bias, cut.begin[c], cut.size(c),
                            &to->tokens[c]);
    }
    return fits ? FileError{} : kTooLarge;
  }

 private:
  [[nodiscard]] const IntegerParameter& parameter(size_t index) const {
    return model_.parameters[index];
  }

  // A whole parameter, its rows in so many parts.
  [[nodiscard]] bool matrix(size_t index, size_t parts, Scale step, int bits,
                            PackedMatrix* to) const {
    const Parameter& shape = layout_.parameters[index];
    return pack_matrix(parameter(index), shape.columns, 0, shape.rows, shape.rows / parts, step,
                       bits, to);
  }

  [[nodiscard]] bool embedding(EngineWeights* to) const {
    const IntegerParameter& from = parameter(layout_.embedding);
    to->embedding = from.weights;
    for (const Scale scale : from.scales) {
      to->embedding_multiplier.push_back(
          multiplier_of(scale.mantissa, kEmbeddingBits - 11 - scale.shift));
    }
    if (model_.config.ngram_rows == 0) return true;
    const IntegerParameter& two = parameter(layout_.ngram2);
    const IntegerParameter& three = parameter(layout_.ngram3);
    to->ngram2 = two.weights;
    to->ngram3 = three.weights;
    return two.scales[0] == three.scales[0];
  }

  [[nodiscard]] bool block(size_t index, BlockWeights* to) const {
    const BlockLayout& at = layout_.blocks[index];
    const Scale squared = model_.steps[2 * index + 1];
    to->kind = at.kind;
    to->mixed_step = model_.steps[2 * index];
    to->square = multiplier_by(1, -(2 * kUpBits - 4), squared);
    if (at.kind == BlockKind::kRecurrence) recurrence(at, to);
    const bool recurs = at.kind == BlockKind::kRecurrence;
    return matrix(at.in, recurs ? 3 : 1, kNormStep, recurs ? kGateBits : kHeadBits, &to->in) &&
           matrix(at.out, 1, to->mixed_step, kStreamBits, &to->out) &&
           matrix(at.up, 1, kNormStep, kUpBits, &to->up) &&
           matrix(at.down, 1, squared, kStreamBits, &to->down);
  }

  void recurrence(const BlockLayout& at, BlockWeights* to) const {
    const size_t width = model_.config.recurrence_width;
    const size_t wide = padded(width);
    RecurrenceWeights& weights = to->recurrence;
    weights.taps.assign(kTaps * 2 * wide, 0);
    weights.bias.assign(wide, 0);
    weights.gain_mantissa.assign(wide, 0);
    weights.gain_shift.assign(wide, kMultiplierShiftMin);
    const std::vector<int32_t>& taps = parameter(at.taps).numbers;
    for (size_t row = 0; row < 2 * kTaps; ++row) {  // value and decay of each tap
      for (size_t c = 0; c < width; ++c) {
        weights.taps[row * wide + c] =
            static_cast<int16_t>(rounded(taps[row * width + c], kVectorBits - kTapBits, kTapMax));
      }
    }
    // activation_of() takes four bits off the product of state and gate.
    constexpr int kExponent = -kVectorBits - (kReadBits + kGateBits - 4);
    for (size_t c = 0; c < width; ++c) {
      weights.bias[c] =
          rounded(parameter(at.bias).numbers[c], kVectorBits - kValueBits, kDecayBiasMax);
      const Multiplier gain =
          multiplier_by(parameter(at.gain).numbers[c], kExponent, to->mixed_step);
      weights.gain_mantissa[c] = gain.mantissa;
      weights.gain_shift[c] = gain.shift;
    }
  }

  [[nodiscard]] bool output(size_t rows, size_t bias, size_t first, size_t count,
                            OutputWeights* to) const {
    static_assert(kVectorBits == kLogitBits);
    const std::vector<int32_t>& from = parameter(bias).numbers;
    to->bias.assign(padded(count), -2 * kLogitBiasMax);
    for (size_t i = 0; i < count; ++i) {
      to->bias[i] = std::clamp(from[first + i], -kLogitBiasMax, kLogitBiasMax);
    }
    return pack_matrix(parameter(rows), model_.config.width, first, count, count, kNormStep,
                       kLogitBits, &to->rows);
  }

  const IntegerModel& model_;
  Layout layout_;
};

size_t memory_of(const OutputWeights& weights) {
  return weights.rows.memory() + weights.bias.size() * sizeof(int32_t);
}

}  // namespace

FileError arrange_weights(const IntegerModel& model, EngineWeights* weights) {
  return Arranger(model).arrange(weights);
}

size_t EngineWeights::memory() const {
  size_t sum = embedding_multiplier.size() * sizeof(Multiplier) + ngram_project.memory() +
               memory_of(classes);
  for (const BlockWeights& block : blocks) {
    sum += block.in.memory() + block.out.memory() + block.up.memory() + block.down.memory() +
           block.recurrence.taps.size() * sizeof(int16_t) +
           3 * block.recurrence.bias.size() * sizeof(int32_t);
  }
  for (const OutputWeights& output : tokens) sum += memory_of(output);
  return sum;
}

}  // namespace pith::model
