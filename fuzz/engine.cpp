// The network's integer engine on models that any file may hold: shapes, scales and numbers picked
// by the input, up to the largest a file can have. All kernels say what docs/network.md says.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "fuzz/coder.h"
#include "fuzz/network.h"
#include "model/engine/random_model.h"

using pith::fuzz::require;
using namespace pith::model;

namespace {

// Bytes from the front; zeros behind the end.
class Choices {
 public:
  explicit Choices(std::span<const uint8_t> data) : data_(data) {}
  [[nodiscard]] bool empty() const { return data_.empty(); }
  [[nodiscard]] uint32_t number(size_t bytes) {
    uint32_t value = 0;
    const size_t size = std::min(bytes, data_.size());
    for (size_t i = 0; i < size; ++i) value |= uint32_t{data_[i]} << 8 * i;
    data_ = data_.subspan(size);
    return value;
  }
  [[nodiscard]] uint32_t between(uint32_t low, uint32_t high) {
    return low + number(1) % (high - low + 1);
  }

 private:
  std::span<const uint8_t> data_;
};

NetworkConfig config_of(Choices* choices) {
  static constexpr const char* kBlocks[] = {"r", "a", "ra", "ar", "rr", "rra"};
  NetworkConfig config;
  config.vocabulary = choices->between(2, 60);
  config.width = choices->between(8, 72);
  config.blocks = kBlocks[choices->between(0, 5)];
  config.recurrence_width = choices->between(8, 50);
  config.feed_forward = choices->between(8, 80);
  config.kv_heads = choices->between(1, 2);
  config.heads = config.kv_heads * choices->between(1, 2);
  config.head_width = 2 * choices->between(2, 17);
  config.window = choices->between(1, 6);
  config.ngram_rows = choices->between(0, 1) * 16;
  config.ngram_width = choices->between(4, 40);
  // Rarely one of them is the largest there may be; all at once would take too long.
  switch (choices->number(1)) {
    case 1:
      config.width = 4096;
      break;
    case 2:
      config.recurrence_width = 4096;
      break;
    case 3:
      config.feed_forward = 4096;
      break;
    case 4:
      config.head_width = 128;
      break;
    case 5:
      config.window = 4096;
      break;
    case 6:
      config.ngram_width = 2048;
      break;
    default:
      break;
  }
  config.classes = std::min(choices->between(1, 8), config.vocabulary);
  return config;
}

// A fill of a parameter: one number for all, two in turns, or what random_model() chose.
void change(Choices* choices, IntegerParameter* parameter) {
  const uint32_t how = choices->number(1);
  const uint32_t which = choices->number(1);
  const auto vary = [&](size_t count, const auto& set) {
    for (size_t i = which % 2; i < count; i += 1 + which / 2 % 3) set(i);
  };
  if (!parameter->numbers.empty() && (how & 1) != 0) {
    const auto number = static_cast<int32_t>(choices->number(4));
    vary(parameter->numbers.size(), [&](size_t i) { parameter->numbers[i] = number; });
  }
  if (!parameter->scales.empty() && (how & 2) != 0) {
    const Scale scale = {static_cast<uint16_t>(kMantissaMin | choices->number(2) % kMantissaMin),
                         static_cast<uint8_t>(choices->number(1) % (kShiftMax + 1))};
    vary(parameter->scales.size(), [&](size_t i) { parameter->scales[i] = scale; });
  }
  if (!parameter->weights.empty() && (how & 4) != 0) {
    std::vector<int8_t> weights(parameter->weights.data(),
                                parameter->weights.data() + parameter->weights.size());
    const auto weight = static_cast<int8_t>(static_cast<int>(choices->number(1) % 255) - 127);
    vary(weights.size(), [&](size_t i) { weights[i] = weight; });
    parameter->weights = std::move(weights);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Choices choices({data, size});
  const NetworkConfig config = config_of(&choices);
  require(check_config(config).empty(), "the shape is one that files may have");
  IntegerModel model = random_model(config, choices.number(1));
  if (config.ngram_rows != 0) {  // both tables have one scale; the engine refuses others
    const Scale scale = {kMantissaMin, static_cast<uint8_t>(choices.number(1) % (kShiftMax + 1))};
    const Layout layout = model.layout();
    model.parameters[layout.ngram2].scales[0] = scale;
    model.parameters[layout.ngram3].scales[0] = scale;
  }
  while (!choices.empty()) {
    const uint32_t which = choices.number(1);
    if (which >= 240) {
      Scale& step = model.steps[which % model.steps.size()];
      step.shift = static_cast<uint8_t>(choices.number(1) % (kShiftMax + 1));
    } else {
      change(&choices, &model.parameters[which % model.parameters.size()]);
    }
  }
  pith::fuzz::run_network(model, 9);
  return 0;
}
