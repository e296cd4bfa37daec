#include "model_cli/training_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "model/train/loss_curve.h"
#include "model/train/matrix_product.h"
#include "model/train/parallel.h"
#include "model/train/schedule.h"
#include "model_cli/checkpoint_file.h"
#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

// A pass forward takes one multiply-add a weight, backward two; each is two operations.
constexpr double kOperationsOfMultiplyAdd = 6;
// A step that takes this many times a usual one was interrupted: the process was stopped, or the
// machine slept.
constexpr double kPause = 4;
constexpr double kSilentMost = 0.2;  // units that learn nothing, before it is said

volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int) { stop_requested = 1; }

void catch_stop_signals() {
  struct sigaction action = {};
  action.sa_handler = request_stop;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);  // a second signal ends at once
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string hours(double seconds) {
  const auto minutes = static_cast<uint64_t>(std::max(0.0, seconds) / 60);
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace

TrainingSession::TrainingSession(const SessionOptions& options, train::TrainingRun* run,
                                 const train::PackedText& text, const train::PackedText& held,
                                 const std::vector<double>& file_weights,
                                 const std::vector<uint8_t>& token_bytes)
    : options_(options),
      run_(run),
      text_(text),
      held_(held),
      token_bytes_(token_bytes),
      threads_(options.threads != 0 ? options.threads
                                    : std::max(1u, std::thread::hardware_concurrency())),
      trainer_(run, text, file_weights, token_bytes, threads_),
      operations_(kOperationsOfMultiplyAdd * model::multiply_adds(run->config, run->class_rows)) {}

double TrainingSession::share_done() const {
  if (options_.minutes > 0) return run_->seconds / (60 * options_.minutes);
  return static_cast<double>(run_->tokens) / static_cast<double>(options_.tokens);
}

void TrainingSession::describe() const {
  uint64_t bytes = 0;
  for (const uint16_t token : text_.tokens) bytes += token_bytes_[token];
  const double bytes_per_token =
      static_cast<double>(bytes) / static_cast<double>(text_.tokens.size());
  const double multiply_adds = model::multiply_adds(run_->config, run_->class_rows);
  fmt::print(stderr,
             "{:.2f} million parameters, {} classes, {:.0f} rows in an average class\n"
             "{:.3f} million multiply-adds a token, {:.3f} a byte ({:.3f} bytes a token)\n"
             "{:.1f} MB of text in {} documents, {:.1f} million tokens\n",
             static_cast<double>(run_->weights.size()) / 1e6, run_->cut.classes(), run_->class_rows,
             multiply_adds / 1e6, multiply_adds / 1e6 / bytes_per_token, bytes_per_token,
             static_cast<double>(bytes) / 1e6, text_.documents.size(),
             static_cast<double>(text_.tokens.size()) / 1e6);
}

// The rate of OpenBLAS' products of floats on all threads, which progress is compared with.
void TrainingSession::measure_products() {
  constexpr size_t kSize = 768;
  constexpr double kSeconds = 0.4;
  const train::Precision kept = train::precision();
  static_cast<void>(train::set_precision(train::Precision::kFloat32));
  std::vector<double> rates(threads_);
  train::run_parallel(threads_, [&](size_t thread) {
    const std::vector<float> a(kSize * kSize, 0.5f);
    std::vector<float> c(kSize * kSize);
    const train::Operand<float> operand = {a.data(), kSize};
    const double start = now();
    double count = 0;
    do {
      train::multiply<float>(kSize, kSize, kSize, operand, operand, c.data(), kSize, false);
      count += 2.0 * kSize * kSize * kSize;
    } while (now() - start < kSeconds);
    rates[thread] = count / (now() - start);
  });
  static_cast<void>(train::set_precision(kept));
  for (const double rate : rates) sgemm_rate_ += rate;
  fmt::print(stderr, "{} threads, {:.0f} GFLOP/s in products of float32; trains with {}\n",
             threads_, sgemm_rate_ / 1e9,
             kept == train::Precision::kBfloat16 ? "bfloat16" : "float32");
}

void TrainingSession::count_time(double seconds) {
  if (typical_step_ > 0 && seconds > kPause * typical_step_) seconds = typical_step_;
  typical_step_ = typical_step_ == 0 ? seconds : 0.9 * typical_step_ + 0.1 * seconds;
  run_->seconds += seconds;
  since_report_.seconds += seconds;
}

void TrainingSession::take_step() {
  const double start = now();
  const float rate = train::rate_factor(run_->train, run_->moments.steps, share_done());
  const train::StepResult result = trainer_.step(rate);
  if (!std::isfinite(result.norm)) {
    throw std::runtime_error(
        fmt::format("the loss is no longer a number after {} steps. The last checkpoint is good: "
                    "go on from it with lower learning rates, or other texts",
                    run_->moments.steps));
  }
  last_norm_ = result.norm;
  since_report_.add(result);
  since_point_.add(result);
  count_time(now() - start);
}

void TrainingSession::report() {
  const Tally& tally = since_report_;
  const double bytes = static_cast<double>(tally.bytes);
  const double operations = operations_ * static_cast<double>(tally.tokens) / tally.seconds;
  const double done = std::max(share_done(), 1e-9);
  fmt::print(stderr,
             "{:6} steps {:7.1f} MB  {:.4f} bits/byte  norm {:.2f}  rate {:.3f}  {:6.1f} KB/s  "
             "{:.0f} GFLOP/s ({:.0f} % of sgemm)  {} left\n",
             run_->moments.steps, static_cast<double>(run_->bytes) / 1e6, tally.bits / bytes,
             last_norm_, train::rate_factor(run_->train, run_->moments.steps, done),
             bytes / tally.seconds / 1e3, operations / 1e9, 100 * operations / sgemm_rate_,
             hours(run_->seconds / done * (1 - done)));
  if (const double silent = trainer_.silent_share(); silent > kSilentMost) {
    fmt::print(stderr,
               "{:.0f} % of the units of the feed-forward layers are silent: matrix_rate is too "
               "high\n",
               100 * silent);
  }
  since_report_ = {};
}

void TrainingSession::measure_held() {
  held_at_ = run_->seconds;
  const Tally& tally = since_point_;
  train::TextLoss all;
  if (!held_.documents.empty()) {
    const auto files = train::evaluate(*run_, run_->average, held_, token_bytes_, threads_);
    std::string line;
    for (size_t i = 0; i < files.size(); ++i) {
      line += fmt::format(" {} {:.3f}", held_.names[i], files[i].bits_per_byte());
      all.bits += files[i].bits;
      all.bytes += files[i].bytes;
    }
    fmt::print(stderr, "held-out: {:.4f} bits/byte;{}\n", all.bits_per_byte(), line);
  }
  if (tally.bytes == 0) return;
  run_->curve.push_back({static_cast<float>(run_->seconds),
                         static_cast<float>(static_cast<double>(run_->bytes) / 1e6),
                         static_cast<float>(tally.bits / static_cast<double>(tally.bytes)),
                         static_cast<float>(all.bits_per_byte())});
  since_point_ = {};
}

void TrainingSession::save() {
  saved_at_ = run_->seconds;
  trainer_.save();
  save_checkpoint(options_.checkpoint, *run_);
  const std::string svg = train::loss_curve_svg(run_->curve);
  write_file(options_.checkpoint + ".svg",
             {reinterpret_cast<const uint8_t*>(svg.data()), svg.size()});
}

bool TrainingSession::falling() const { return share_done() > 1 - double{run_->train.warm_down}; }

void TrainingSession::finish() {
  if (since_report_.tokens != 0) report();
  if (stop_requested == 0) measure_held();
  save();
  std::string line;
  for (size_t i = 0; i < text_.names.size(); ++i) {
    line += fmt::format(" {} {:.2f}", text_.names[i], trainer_.sampler().epochs(i));
  }
  fmt::print(stderr, "{} after {} of training; times each text was read:{}\n",
             stop_requested != 0 ? "stopped" : "done", hours(run_->seconds), line);
}

void TrainingSession::run(bool resumed) {
  if (resumed && !trainer_.restore()) {
    fmt::print(stderr, "other texts or another number of streams: reading starts anew\n");
  }
  catch_stop_signals();
  describe();
  measure_products();
  saved_at_ = held_at_ = run_->seconds;
  bool fell = falling();
  while (share_done() < 1 && stop_requested == 0) {
    if (!fell && falling()) {
      // A longer run goes on best from here.
      fell = true;
      save();
      keep_checkpoint(options_.checkpoint, options_.checkpoint + ".level");
    }
    if (run_->steps.empty() && share_done() > 1 - double{run_->train.quantised}) {
      trainer_.begin_quantisation();
      fmt::print(stderr, "from here on with weights and activations of 8 bits\n");
    }
    take_step();
    if (since_report_.seconds >= options_.report_seconds) report();
    if (run_->seconds - held_at_ >= 60 * options_.held_minutes) measure_held();
    if (run_->seconds - saved_at_ >= 60 * options_.save_minutes) save();
  }
  finish();
}

}  // namespace pith::model_cli
