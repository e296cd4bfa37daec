#include "model/train/reference_network.h"

#include <algorithm>
#include <cmath>

#include "model/train/quantise.h"

namespace pith::train {
namespace {

float logistic(float x) { return 1 / (1 + std::exp(-x)); }

// x [n] scaled to mean square 1.
void normalise(size_t n, float* x) {
  float sum = 0;
  for (size_t i = 0; i < n; ++i) sum += x[i] * x[i];
  const float scale = 1 / std::sqrt(sum / static_cast<float>(n) + model::kNormEpsilon);
  for (size_t i = 0; i < n; ++i) x[i] *= scale;
}

// Logits become ln of their softmax.
void log_softmax(std::vector<float>* logits) {
  float sum = 0;
  for (const float logit : *logits) sum += std::exp(logit);
  for (float& logit : *logits) logit -= std::log(sum);
}

float capped(float logit) { return model::kLogitCap * std::tanh(logit / model::kLogitCap); }

}  // namespace

ReferenceNetwork::ReferenceNetwork(const model::NetworkConfig& config, const model::Layout& layout,
                                   const model::ClassCut& cut, std::span<const float> weights,
                                   std::span<const float> steps)
    : config_(config), layout_(layout), cut_(cut), weights_(weights), steps_(steps) {
  start();
}

void ReferenceNetwork::start() {
  blocks_.assign(layout_.blocks.size(), {});
  for (Block& block : blocks_) block.hidden.assign(config_.recurrence_width, 0);
  std::fill(std::begin(last_), std::end(last_), model::kStartToken);
  place_ = 0;
}

void ReferenceNetwork::round(float step, Vector* x) const {
  if (!steps_.empty()) quantise(x->size(), step, x->data());
}

ReferenceNetwork::Vector ReferenceNetwork::product(size_t parameter, const Vector& x, size_t first,
                                                   size_t count) const {
  Vector y(count, 0);
  for (size_t i = 0; i < count; ++i) {
    const float* row = values(parameter) + (first + i) * x.size();
    for (size_t c = 0; c < x.size(); ++c) y[i] += row[c] * x[c];
  }
  return y;
}

ReferenceNetwork::Vector ReferenceNetwork::product(size_t parameter, const Vector& x) const {
  return product(parameter, x, 0, layout_.parameters[parameter].rows);
}

ReferenceNetwork::Vector ReferenceNetwork::embedding() const {
  const float* row = values(layout_.embedding) + last_[0] * config_.width;
  Vector x(row, row + config_.width);
  if (config_.ngram_rows != 0) {
    const size_t w = config_.ngram_width;
    const float* row2 =
        values(layout_.ngram2) + model::ngram_row2(config_.ngram_rows, last_[1], last_[0]) * w;
    const float* row3 = values(layout_.ngram3) +
                        model::ngram_row3(config_.ngram_rows, last_[2], last_[1], last_[0]) * w;
    Vector both(row2, row2 + w);
    both.insert(both.end(), row3, row3 + w);
    const Vector projected = product(layout_.ngram_project, both);
    for (size_t c = 0; c < x.size(); ++c) x[c] += projected[c];
  }
  normalise(x.size(), x.data());
  return x;
}

ReferenceNetwork::Vector ReferenceNetwork::recurrence(const model::BlockLayout& at,
                                                      const Vector& in, Block* block) const {
  const size_t e = config_.recurrence_width;
  block->inputs.emplace(block->inputs.begin(), in.begin(),
                        in.begin() + static_cast<std::ptrdiff_t>(2 * e));
  block->inputs.resize(std::min<size_t>(block->inputs.size(), model::kTaps));
  Vector mixed(2 * e, 0);  // by the short convolution: value, decay
  for (size_t k = 0; k < block->inputs.size(); ++k) {
    for (size_t c = 0; c < 2 * e; ++c) {
      mixed[c] += values(at.taps)[k * 2 * e + c] * block->inputs[k][c];
    }
  }
  Vector out(e);
  for (size_t c = 0; c < e; ++c) {
    const float decay = logistic(mixed[e + c] + values(at.bias)[c]);
    block->hidden[c] = decay * block->hidden[c] + (1 - decay) * mixed[c];
    const float gate = in[2 * e + c];
    out[c] = values(at.gain)[c] * block->hidden[c] * gate * logistic(gate);
  }
  return out;
}

// Turns the channel pairs (c, c + half) of a head by angles that grow with the place.
void ReferenceNetwork::rotate(float* head) const {
  const size_t half = config_.head_width / 2;
  for (size_t c = 0; c < half; ++c) {
    const double angle = static_cast<double>(place_) *
                         std::pow(10000.0, -static_cast<double>(c) / static_cast<double>(half));
    const auto cosine = static_cast<float>(std::cos(angle));
    const auto sine = static_cast<float>(std::sin(angle));
    const float low = head[c];
    const float high = head[c + half];
    head[c] = low * cosine - high * sine;
    head[c + half] = high * cosine + low * sine;
  }
}

ReferenceNetwork::Vector ReferenceNetwork::attention(const Vector& in, Block* block) const {
  const size_t width = config_.head_width;
  const size_t all = config_.heads * width;
  const size_t kv = config_.kv_heads * width;
  Vector queries(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(all));
  Vector keys(in.begin() + static_cast<std::ptrdiff_t>(all),
              in.begin() + static_cast<std::ptrdiff_t>(all + kv));
  Vector values(in.begin() + static_cast<std::ptrdiff_t>(all + kv), in.end());
  for (Vector* heads : {&queries, &keys, &values}) {
    for (size_t at = 0; at < heads->size(); at += width) {
      normalise(width, heads->data() + at);
      if (heads != &values) rotate(heads->data() + at);
    }
    round(kNormStep, heads);
  }
  block->keys.push_back(keys);
  block->values.push_back(values);
  if (block->keys.size() > config_.window) {
    block->keys.erase(block->keys.begin());
    block->values.erase(block->values.begin());
  }
  Vector out(all, 0);
  for (size_t head = 0; head < config_.heads; ++head) {
    const size_t shared = head / (config_.heads / config_.kv_heads) * width;
    Vector scores(block->keys.size(), 0);
    for (size_t j = 0; j < scores.size(); ++j) {
      for (size_t c = 0; c < width; ++c) {
        scores[j] += queries[head * width + c] * block->keys[j][shared + c];
      }
      scores[j] /= std::sqrt(static_cast<float>(width));
    }
    log_softmax(&scores);
    for (size_t j = 0; j < scores.size(); ++j) {
      for (size_t c = 0; c < width; ++c) {
        out[head * width + c] += std::exp(scores[j]) * block->values[j][shared + c];
      }
    }
  }
  return out;
}

std::vector<float> ReferenceNetwork::step(uint16_t token) {
  last_[2] = last_[1];
  last_[1] = last_[0];
  last_[0] = token;
  Vector x = embedding();
  const auto add = [&](const Vector& branch) {
    for (size_t c = 0; c < x.size(); ++c) x[c] += branch[c];
  };
  for (size_t i = 0; i < blocks_.size(); ++i) {
    const model::BlockLayout& at = layout_.blocks[i];
    Vector n = x;
    normalise(n.size(), n.data());
    round(kNormStep, &n);
    const Vector in = product(at.in, n);
    Vector mixed = at.kind == model::BlockKind::kRecurrence ? recurrence(at, in, &blocks_[i])
                                                            : attention(in, &blocks_[i]);
    round(steps_.empty() ? 0 : steps_[2 * i], &mixed);
    add(product(at.out, mixed));

    n = x;
    normalise(n.size(), n.data());
    round(kNormStep, &n);
    Vector squared = product(at.up, n);
    for (float& value : squared) value = value > 0 ? value * value : 0;
    round(steps_.empty() ? 0 : steps_[2 * i + 1], &squared);
    add(product(at.down, squared));
  }
  normalise(x.size(), x.data());
  round(kNormStep, &x);
  ++place_;

  Vector classes = product(layout_.class_rows, x);
  for (size_t c = 0; c < classes.size(); ++c) {
    classes[c] = capped(classes[c] + values(layout_.class_bias)[c]);
  }
  log_softmax(&classes);
  Vector result;
  for (uint32_t c = 0; c < cut_.classes(); ++c) {
    Vector tokens = product(layout_.token_rows, x, cut_.begin[c], cut_.size(c));
    for (size_t i = 0; i < tokens.size(); ++i) {
      tokens[i] = capped(tokens[i] + values(layout_.token_bias)[cut_.begin[c] + i]);
    }
    log_softmax(&tokens);
    for (const float token_log : tokens) result.push_back(classes[c] + token_log);
  }
  return result;
}

}  // namespace pith::train
