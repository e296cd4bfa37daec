// A training run from its start, or from a checkpoint, to the end of its budget: progress on
// standard error, checkpoints, held-out losses, the loss curve.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/train/evaluate.h"
#include "model/train/trainer.h"

namespace pith::model_cli {

struct SessionOptions {
  std::string checkpoint;      // written to
  double minutes = 0;          // of training, all sessions together; 0: see tokens
  uint64_t tokens = 0;         // the budget if minutes is 0
  size_t threads = 0;          // 0: one for each processor
  double save_minutes = 5;     // between checkpoints
  double held_minutes = 20;    // between evaluations of held-out text
  double report_seconds = 10;  // between lines of progress
};

class TrainingSession {
 public:
  // All references outlive the session.
  TrainingSession(const SessionOptions& options, train::TrainingRun* run,
                  const train::PackedText& text, const train::PackedText& held,
                  const std::vector<double>& file_weights, const std::vector<uint8_t>& token_bytes);

  // Trains until the budget is spent, or SIGTERM or SIGINT comes: then too, with a last checkpoint.
  // Throws Failure if a checkpoint cannot be written, std::runtime_error if the loss stops being
  // a number; the last good checkpoint remains.
  void run(bool resumed);

 private:
  [[nodiscard]] double share_done() const;
  void describe() const;
  void measure_products();
  void count_time(double seconds);
  void take_step();
  void report();
  void measure_held();
  void save();
  [[nodiscard]] bool falling() const;  // the learning rates, in the last part of the run
  void finish();

  const SessionOptions& options_;
  train::TrainingRun* run_;
  const train::PackedText& text_;
  const train::PackedText& held_;
  const std::vector<uint8_t>& token_bytes_;
  size_t threads_;
  train::Trainer trainer_;
  double operations_;        // of the products, a token learned from
  double sgemm_rate_ = 0;    // operations a second, all threads together
  double typical_step_ = 0;  // seconds
  // Since the last report, and the last point of the curve.
  struct Tally {
    double bits = 0, seconds = 0;
    uint64_t bytes = 0, tokens = 0;
    void add(const train::StepResult& step) {
      bits += step.bits;
      bytes += step.bytes;
      tokens += step.tokens;
    }
  };
  Tally since_report_, since_point_;
  double last_norm_ = 0;
  double saved_at_ = 0, held_at_ = 0;  // run_->seconds then
};

}  // namespace pith::model_cli
