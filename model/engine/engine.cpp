#include "model/engine/engine.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

#include "model/engine/kernels.h"
#include "model/engine/reciprocal_root.h"
#include "model/engine/rotary.h"

namespace pith::model {
namespace {

// What a state begins with.
struct StateHead {
  uint32_t place;    // tokens taken
  uint16_t last[2];  // tokens, the newest first
};

constexpr size_t aligned(size_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

// Cuts arrays off a piece of memory. With none it only counts.
class Cutter {
 public:
  explicit Cutter(uint8_t* memory) : memory_(memory) {}
  template <class T>
  T* cut(size_t count) {
    T* const result = memory_ == nullptr ? nullptr : reinterpret_cast<T*>(memory_ + used_);
    used_ += aligned(count * sizeof(T));
    return result;
  }
  [[nodiscard]] size_t used() const { return used_; }

 private:
  uint8_t* memory_;
  size_t used_ = 0;
};

AttentionShape attention_shape(const NetworkConfig& config, const uint32_t* turns) {
  // Weights of a window add up to 2^23 at most, and times an activation to 2^30.
  constexpr int kSumBits = 23;
  const int window_bits = std::bit_width(config.window - 1);
  constexpr uint64_t kLog2OfESquared = 2234852926;  // of log2(e) in units of 2^-15
  return {.heads = config.heads,
          .kv_heads = config.kv_heads,
          .width = config.head_width,
          .window = config.window,
          .weight_bits = std::min(kUnitBits, kSumBits - window_bits),
          .score_mantissa = static_cast<int32_t>(integer_root(kLog2OfESquared / config.head_width)),
          .turns = turns};
}

}  // namespace

struct Engine::Work {
  int32_t* stream;      // [steps][d']
  int8_t* activations;  // [steps][activation_size_]
  int32_t* results;     // [steps][result_size_], closer together where results are shorter
  int8_t* query;        // [heads c]
  int32_t* weights;     // [window]
  int32_t* sums;        // [c]
  uint32_t* counts;     // [output_size_]
  size_t bytes;         // of all
};

FileError Engine::create(const IntegerModel& model, std::unique_ptr<const Engine>* engine) {
  std::unique_ptr<Engine> made(new Engine);
  made->config_ = model.config;
  made->cut_ = model.cut;
  if (const FileError error = arrange_weights(model, &made->weights_); !error.ok()) return error;
  made->turns_ = rotary_turns(model.config.head_width);
  made->attention_ = attention_shape(model.config, made->turns_.data());
  const auto include = [&](const PackedMatrix& matrix) {
    made->activation_size_ =
        std::max(made->activation_size_, padded(matrix.column_groups * kColumnGroup));
    made->result_size_ = std::max(made->result_size_, matrix.rows);
  };
  include(made->weights_.ngram_project);
  for (const BlockWeights& block : made->weights_.blocks) {
    for (const PackedMatrix* matrix : {&block.in, &block.out, &block.up, &block.down}) {
      include(*matrix);
    }
  }
  made->output_size_ = made->weights_.classes.rows.rows;
  for (const OutputWeights& output : made->weights_.tokens) {
    made->output_size_ = std::max(made->output_size_, output.rows.rows);
  }
  made->result_size_ = std::max(made->result_size_, made->output_size_);
  made->place_state();
  *engine = std::move(made);
  return {};
}

void Engine::place_state() {
  size_t at = aligned(sizeof(StateHead));
  const size_t wide = padded(config_.recurrence_width);
  for (const BlockWeights& block : weights_.blocks) {
    block_state_.push_back(at);
    at += block.kind == BlockKind::kRecurrence
              ? wide * (sizeof(int32_t) + kTaps * 2 * sizeof(int16_t))
              : 2 * aligned(attention_.window * attention_.shared());
  }
  block_state_.push_back(at);
  state_bytes_ = at;
}

size_t Engine::scratch_bytes(size_t steps) const { return work(nullptr, steps).bytes; }

Engine::Work Engine::work(uint8_t* scratch, size_t steps) const {
  Cutter cutter(scratch);
  Work work = {};
  work.stream = cutter.cut<int32_t>(steps * padded(config_.width));
  work.activations = cutter.cut<int8_t>(steps * activation_size_);
  work.results = cutter.cut<int32_t>(steps * result_size_);
  work.query = cutter.cut<int8_t>(attention_.queries());
  work.weights = cutter.cut<int32_t>(attention_.window);
  work.sums = cutter.cut<int32_t>(attention_.width);
  work.counts = cutter.cut<uint32_t>(output_size_);
  work.bytes = cutter.used();
  return work;
}

void Engine::start(uint8_t* state) const {
  static_assert(kStartToken == 0);
  std::memset(state, 0, state_bytes_);
}

void Engine::embed(const Kernels& kernels, const uint16_t* tokens, size_t steps,
                   uint8_t* const* states, const Work& work) const {
  StateHead head;
  std::memcpy(&head, states[0], sizeof head);
  const size_t d = padded(config_.width);
  const size_t w = config_.ngram_width;
  const bool hashed = config_.ngram_rows != 0;
  // The rows lie anywhere in megabytes: ask for all before the first is used.
  uint32_t row2[kMostSteps];
  uint32_t row3[kMostSteps];
  for (size_t t = 0; t < steps; ++t) {
    __builtin_prefetch(weights_.embedding.data() + tokens[t] * size_t{config_.width});
    if (hashed) {
      row2[t] = ngram_row2(config_.ngram_rows, head.last[0], tokens[t]);
      row3[t] = ngram_row3(config_.ngram_rows, head.last[1], head.last[0], tokens[t]);
      for (const size_t part : {size_t{0}, w - 1}) {
        __builtin_prefetch(weights_.ngram2.data() + row2[t] * w + part);
        __builtin_prefetch(weights_.ngram3.data() + row3[t] * w + part);
      }
    }
    head.last[1] = head.last[0];
    head.last[0] = tokens[t];
    ++head.place;
    std::memcpy(states[t + 1], &head, sizeof head);
  }
  if (hashed) {
    for (size_t t = 0; t < steps; ++t) {
      int8_t* const to = work.activations + t * activation_size_;
      std::memcpy(to, weights_.ngram2.data() + row2[t] * w, w);
      std::memcpy(to + w, weights_.ngram3.data() + row3[t] * w, w);
    }
    kernels.product(weights_.ngram_project, work.activations, activation_size_, steps,
                    work.results);
  }
  for (size_t t = 0; t < steps; ++t) {
    kernels.enter(d, config_.width, weights_.embedding.data() + tokens[t] * size_t{config_.width},
                  weights_.embedding_multiplier[tokens[t]], hashed ? work.results + t * d : nullptr,
                  work.stream + t * d);
  }
}

// From the results of the block's first product to the activations of its second.
void Engine::mix(const Kernels& kernels, size_t block, uint32_t place, size_t steps,
                 uint8_t* const* states, const Work& work) const {
  const BlockWeights& weights = weights_.blocks[block];
  const size_t begin = block_state_[block];
  // The block's part of the state that a step changes.
  const auto state_of = [&](size_t t) {
    uint8_t* const now = states[t + 1] + begin;
    if (states[t + 1] != states[t]) {
      std::memcpy(now, states[t] + begin, block_state_[block + 1] - begin);
    }
    return now;
  };
  const size_t rows = weights.in.rows;
  if (weights.kind == BlockKind::kAttention) {
    for (size_t t = 0; t < steps; ++t) {
      auto* const keys = reinterpret_cast<int8_t*>(state_of(t));
      int8_t* const values = keys + aligned(attention_.window * attention_.shared());
      kernels.attend(attention_, {.place = place + static_cast<uint32_t>(t),
                                  .in = work.results + t * rows,
                                  .keys = keys,
                                  .values = values,
                                  .query = work.query,
                                  .weights = work.weights,
                                  .sums = work.sums,
                                  .step = weights.mixed_step,
                                  .out = work.activations + t * activation_size_});
    }
    return;
  }
  const size_t e = padded(config_.recurrence_width);
  for (size_t t = 0; t < steps; ++t) {
    uint8_t* const at = state_of(t);
    auto* const hidden = reinterpret_cast<int32_t*>(at);
    auto* const past = reinterpret_cast<int16_t*>(at + e * sizeof(int32_t));
    // A ring of kTaps rows.
    int16_t* rows_back[kTaps];
    for (uint32_t k = 0; k < kTaps; ++k) {
      rows_back[k] = past + (place + static_cast<uint32_t>(t) - k) % kTaps * 2 * e;
    }
    kernels.recur(e, weights.recurrence, work.results + t * rows, rows_back, hidden,
                  work.activations + t * activation_size_);
  }
}

void Engine::advance(const uint16_t* tokens, size_t steps, uint8_t* state, uint8_t* scratch,
                     int8_t* features) const {
  std::array<uint8_t*, kMostSteps + 1> states;
  states.fill(state);
  advance(tokens, steps, states.data(), scratch, features);
}

void Engine::advance(const uint16_t* tokens, size_t steps, uint8_t* const* states, uint8_t* scratch,
                     int8_t* features) const {
  assert(steps >= 1 && steps <= kMostSteps && scratch != nullptr);
  const Kernels& with = kernels();
  const Work work = this->work(scratch, steps);
  StateHead head;
  std::memcpy(&head, states[0], sizeof head);
  embed(with, tokens, steps, states, work);
  const size_t d = padded(config_.width);
  const size_t f = padded(config_.feed_forward);
  const auto multiply = [&](const PackedMatrix& matrix) {
    with.product(matrix, work.activations, activation_size_, steps, work.results);
  };
  const auto normalise = [&](int8_t* out, size_t stride) {
    for (size_t t = 0; t < steps; ++t) {
      with.normalise(d, config_.width, work.stream + t * d, out + t * stride);
    }
  };
  const auto add = [&] { with.add(steps * d, work.results, work.stream); };
  for (size_t i = 0; i < weights_.blocks.size(); ++i) {
    const BlockWeights& block = weights_.blocks[i];
    normalise(work.activations, activation_size_);
    multiply(block.in);
    mix(with, i, head.place, steps, states, work);
    multiply(block.out);
    add();
    normalise(work.activations, activation_size_);
    multiply(block.up);
    for (size_t t = 0; t < steps; ++t) {
      with.square(f, work.results + t * f, block.square, work.activations + t * activation_size_);
    }
    // What squaring leaves is sparse: of the networks trained so far, one unit in twenty is not 0.
    for (size_t t = 0; t < steps; ++t) {
      with.sparse_product(block.down, work.activations + t * activation_size_,
                          work.results + t * d);
    }
    add();
  }
  normalise(features, feature_size());
}

void Engine::class_counts(const int8_t* features, size_t steps, uint8_t* scratch,
                          uint32_t* counts) const {
  const Kernels& with = kernels();
  const Work work = this->work(scratch, steps);
  const OutputWeights& output = weights_.classes;
  const size_t n = output.rows.rows;
  with.product(output.rows, features, feature_size(), steps, work.results);
  for (size_t t = 0; t < steps; ++t) {
    with.count(n, output.bias.data(), work.results + t * n, work.counts);
    std::copy_n(work.counts, cut_.classes(), counts + t * cut_.classes());
  }
}

void Engine::token_counts(const int8_t* features, uint32_t class_index, uint8_t* scratch,
                          uint32_t* counts) const {
  const Kernels& with = kernels();
  const Work work = this->work(scratch, 1);
  const OutputWeights& output = weights_.tokens[class_index];
  // Rarely used rows come from far away: ask for all of them at once.
  for (size_t i = 0; i < output.rows.weights.size(); i += kAlignment) {
    __builtin_prefetch(output.rows.weights.data() + i);
  }
  with.product(output.rows, features, feature_size(), 1, work.results);
  with.count(output.rows.rows, output.bias.data(), work.results, work.counts);
  std::copy_n(work.counts, cut_.size(class_index), counts);
}

}  // namespace pith::model
