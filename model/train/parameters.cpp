#include "model/train/parameters.h"

#include <algorithm>
#include <cmath>

#include "model/train/random.h"

namespace pith::train {
namespace {

constexpr double kShortestMemory = 2;  // tokens
constexpr double kLongestMemory = 500;

class Builder {
 public:
  explicit Builder(Layout* layout) : layout_(layout) {}
  size_t add(const std::string& name, ParameterKind kind, size_t rows, size_t columns,
             size_t parts = 1) {
    layout_->parameters.push_back({name, kind, rows, columns, parts, layout_->total});
    layout_->total += rows * columns;
    return layout_->parameters.size() - 1;
  }

 private:
  Layout* layout_;
};

template <class Real>
void fill_normal(Random* random, double deviation, std::span<Real> values) {
  for (Real& value : values) value = static_cast<Real>(deviation * random->normal());
}

}  // namespace

Layout make_layout(const model::NetworkConfig& config, size_t classes) {
  using enum ParameterKind;
  Layout layout;
  Builder builder(&layout);
  const size_t d = config.width;
  const size_t e = config.recurrence_width;
  const size_t c = config.head_width;
  layout.embedding = builder.add("embedding", kEmbedding, config.vocabulary, d);
  if (config.ngram_rows != 0) {
    layout.ngram2 = builder.add("ngram2", kEmbedding, config.ngram_rows, config.ngram_width);
    layout.ngram3 = builder.add("ngram3", kEmbedding, config.ngram_rows, config.ngram_width);
    layout.ngram_project = builder.add("ngram_project", kMatrix, d, size_t{2} * config.ngram_width);
  }
  for (size_t i = 0; i < config.blocks.size(); ++i) {
    const std::string name = "block" + std::to_string(i) + ".";
    BlockLayout block = {};
    block.kind = static_cast<model::BlockKind>(config.blocks[i]);
    if (block.kind == model::BlockKind::kRecurrence) {
      block.in = builder.add(name + "in", kMatrix, 3 * e, d, 3);
      block.out = builder.add(name + "out", kMatrix, d, e);
      block.taps = builder.add(name + "taps", kVector, model::kTaps, 2 * e);
      block.bias = builder.add(name + "bias", kVector, 1, e);
      block.gain = builder.add(name + "gain", kVector, 1, e);
    } else {
      const size_t projections = config.heads + size_t{2} * config.kv_heads;
      block.in = builder.add(name + "in", kMatrix, projections * c, d, projections);
      block.out = builder.add(name + "out", kMatrix, d, config.heads * c);
    }
    block.up = builder.add(name + "up", kMatrix, config.feed_forward, d);
    block.down = builder.add(name + "down", kMatrix, d, config.feed_forward);
    layout.blocks.push_back(block);
  }
  layout.class_rows = builder.add("class_rows", kOutput, classes, d);
  layout.class_bias = builder.add("class_bias", kVector, 1, classes);
  layout.token_rows = builder.add("token_rows", kOutput, config.vocabulary, d);
  layout.token_bias = builder.add("token_bias", kVector, 1, config.vocabulary);
  return layout;
}

template <class Real>
void initialise(const model::NetworkConfig& config, const Layout& layout, uint64_t seed,
                std::span<Real> values) {
  std::fill(values.begin(), values.end(), Real(0));
  Random random(seed);
  const auto at = [&](size_t index) {
    const Parameter& p = layout.parameters[index];
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
  for (const BlockLayout& block : layout.blocks) {
    fill_matrix(block.in);
    fill_matrix(block.up);
    if (block.kind != model::BlockKind::kRecurrence) continue;
    for (size_t c = 0; c < 2 * e; ++c) at(block.taps)[c] = Real(1);  // the current token
    for (size_t c = 0; c < e; ++c) {
      const double place = e > 1 ? static_cast<double>(c) / static_cast<double>(e - 1) : 0;
      const double memory = kShortestMemory * std::pow(kLongestMemory / kShortestMemory, place);
      at(block.bias)[c] = static_cast<Real>(std::log(memory - 1));
      at(block.gain)[c] = static_cast<Real>(std::sqrt(2 * memory - 1));
    }
  }
}

template void initialise<float>(const model::NetworkConfig&, const Layout&, uint64_t,
                                std::span<float>);
template void initialise<double>(const model::NetworkConfig&, const Layout&, uint64_t,
                                 std::span<double>);

}  // namespace pith::train
