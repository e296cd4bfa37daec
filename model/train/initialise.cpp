#include "model/train/initialise.h"

#include <algorithm>
#include <cmath>

#include "model/train/random.h"

namespace pith::train {
namespace {

constexpr double kShortestMemory = 2;  // tokens
constexpr double kLongestMemory = 500;

template <class Real>
void fill_normal(Random* random, double deviation, std::span<Real> values) {
  for (Real& value : values) value = static_cast<Real>(deviation * random->normal());
}

}  // namespace

template <class Real>
void initialise(const model::NetworkConfig& config, const model::Layout& layout, uint64_t seed,
                std::span<Real> values) {
  std::fill(values.begin(), values.end(), Real(0));
  Random random(seed);
  const auto at = [&](size_t index) {
    const model::Parameter& p = layout.parameters[index];
    return values.subspan(p.offset, p.size());
  };
  const auto fill_matrix = [&](size_t index) {
    const double inputs = static_cast<double>(layout.parameters[index].columns);
    fill_normal(&random, 0.6 / std::sqrt(inputs), at(index));
  };
  fill_normal(&random, 1.0, at(layout.embedding));
  if (config.ngram_rows != 0) {
    fill_normal(&random, 0.3, at(layout.ngram2));
    fill_normal(&random, 0.3, at(layout.ngram3));
    fill_matrix(layout.ngram_project);
  }
  const size_t e = config.recurrence_width;
  for (const model::BlockLayout& block : layout.blocks) {
    fill_matrix(block.in);
    fill_matrix(block.up);
    if (block.kind != model::BlockKind::kRecurrence) continue;
    for (size_t c = 0; c < 2 * e; ++c) at(block.taps)[c] = Real(1);  // the current token
    for (size_t c = 0; c < e; ++c) {
      const double place = e > 1 ? static_cast<double>(c) / static_cast<double>(e - 1) : 0;
      const double memory = kShortestMemory * std::pow(kLongestMemory / kShortestMemory, place);
      at(block.bias)[c] = static_cast<Real>(std::log(memory - 1));
      at(block.gain)[c] = Real(1);
    }
  }
}

template void initialise<float>(const model::NetworkConfig&, const model::Layout&, uint64_t,
                                std::span<float>);
template void initialise<double>(const model::NetworkConfig&, const model::Layout&, uint64_t,
                                 std::span<double>);

}  // namespace pith::train
