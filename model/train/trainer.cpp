#include "model/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/train/parallel.h"
#include "model/train/quantise.h"

namespace pith::train {
namespace {

// The averaged weights follow the weights every few steps, with a memory that grows with the run.
constexpr uint64_t kAverageEvery = 8;
constexpr float kAverageShare = 0.05f;  // of the steps so far

}  // namespace

Trainer::Trainer(TrainingRun* run, const PackedText& text, std::span<const double> weights,
                 std::span<const uint8_t> token_bytes, size_t threads)
    : run_(run),
      layout_(run->layout()),
      token_bytes_(token_bytes),
      threads_(threads),
      sampler_(text, weights, run->train.segment, run->train.streams, run->train.seed),
      optimizer_(layout_, run->train.optimizer, threads) {
  for (size_t i = 0; i < threads; ++i) {
    networks_.push_back(std::make_unique<Network<float>>(run->config, layout_, run->cut));
    grads_.emplace_back(layout_);
  }
  const size_t parts = run->train.streams / run->train.micro_streams;
  for (size_t i = 0; i < parts; ++i) {
    states_.emplace_back(run->config, run->train.micro_streams);
    batches_.emplace_back().resize(run->train.micro_streams, run->train.steps);
  }
}

// Block by block, and within one array stream by stream, however the streams are grouped.
template <class Visit>
void Trainer::visit_streams(const Visit& visit) {
  for (size_t block = 0; block < run_->config.blocks.size(); ++block) {
    for (auto& state : states_) visit(state.recurrences[block].hidden);
    for (auto& state : states_) visit(state.recurrences[block].past);
    for (auto& state : states_) visit(state.attentions[block].keys);
    for (auto& state : states_) visit(state.attentions[block].values);
  }
}

bool Trainer::restore() {
  size_t size = 0;
  visit_streams([&](std::vector<float>& values) { size += values.size(); });
  if (size != run_->streams.size() || !sampler_.restore(run_->sampler)) return false;
  auto from = run_->streams.begin();
  visit_streams([&](std::vector<float>& values) {
    const auto end = from + static_cast<std::ptrdiff_t>(values.size());
    std::copy(from, end, values.begin());
    from = end;
  });
  return true;
}

void Trainer::save() {
  run_->sampler = sampler_.state();
  run_->streams.clear();
  visit_streams([&](std::vector<float>& values) {
    run_->streams.insert(run_->streams.end(), values.begin(), values.end());
  });
}

void Trainer::update_average() {
  const uint64_t steps = run_->moments.steps;
  if (steps % kAverageEvery != 0) return;
  const float every = kAverageEvery;
  const float share = every / (every + kAverageShare * static_cast<float>(steps));
  constexpr size_t kChunk = size_t{1} << 16;
  const size_t chunks = (layout_.total + kChunk - 1) / kChunk;
  run_parallel(threads_, [&](size_t thread) {
    for (size_t chunk = thread; chunk < chunks; chunk += threads_) {
      const size_t end = std::min((chunk + 1) * kChunk, layout_.total);
      for (size_t i = chunk * kChunk; i < end; ++i) {
        run_->average[i] += share * (run_->weights[i] - run_->average[i]);
      }
    }
  });
}

void Trainer::begin_quantisation() {
  Sampler peek = sampler_;
  Batch batch;
  batch.resize(run_->train.micro_streams, run_->train.steps);
  peek.fill(0, &batch);
  run_->steps = networks_[0]->measure_steps(batch, run_->weights, states_[0]);
}

void Trainer::quantise() {
  quantised_.resize(layout_.total);
  run_parallel(threads_, [&](size_t thread) {
    quantise_weights(layout_, run_->weights, thread, threads_, quantised_);
    networks_[thread]->quantise_activations(run_->steps);
  });
}

StepResult Trainer::step(float rate) {
  StepResult result;
  for (size_t i = 0; i < micro_batches(); ++i) {
    sampler_.fill(i * run_->train.micro_streams, &batches_[i]);
    result.tokens += batches_[i].size();
    for (const uint16_t token : batches_[i].target) result.bytes += token_bytes_[token];
  }
  const bool quantised = !run_->steps.empty();
  if (quantised) quantise();
  const std::span<const float> weights = quantised ? quantised_ : run_->weights;
  const float scale = 1.0f / static_cast<float>(result.tokens);
  std::vector<double> nats(micro_batches());
  run_parallel(threads_, [&](size_t thread) {
    for (size_t i = thread; i < micro_batches(); i += threads_) {
      nats[i] = networks_[thread]->loss_and_gradients(batches_[i], weights, &states_[i], scale,
                                                      &grads_[thread]);
    }
  });
  for (const double part : nats) result.bits += part / std::numbers::ln2;
  result.norm = optimizer_.step(rate, grads_, run_->weights, &run_->moments);
  if (!std::isfinite(result.bits)) result.norm = result.bits;
  if (!std::isfinite(result.norm)) return result;
  update_average();
  run_->tokens += result.tokens;
  run_->bytes += result.bytes;
  return result;
}

}  // namespace pith::train
