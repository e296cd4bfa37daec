#include "model/network_layout.h"

namespace pith::model {
namespace {

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

}  // namespace

Layout make_layout(const NetworkConfig& config, size_t classes) {
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
    block.kind = static_cast<BlockKind>(config.blocks[i]);
    if (block.kind == BlockKind::kRecurrence) {
      block.in = builder.add(name + "in", kMatrix, 3 * e, d, 3);
      block.out = builder.add(name + "out", kMatrix, d, e);
      block.taps = builder.add(name + "taps", kVector, kTaps, 2 * e);
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

}  // namespace pith::model
