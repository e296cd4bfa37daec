// Progress of the file in work: a bar on a terminal, lines elsewhere, one line for each SIGUSR1.
#pragma once

#include <pith/pith.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/messages.h"

namespace pith::cli {

class Progress {
 public:
  // wanted: --progress or --no-progress, or nothing: if standard error is a terminal and the work
  // lasts.
  Progress(std::optional<bool> wanted, Messages* messages);

  // What total counts: uncompressed or compressed bytes, or parts of the work that are no bytes.
  enum class Unit { kRaw, kCoded, kShare };
  // total: 0 if unknown.
  void begin(const std::string& name, uint64_t total, Unit unit);
  void update(const pith_progress_info& info);
  // Nothing new but the time, and perhaps a request for a line.
  void tick() { update(last_); }
  // Removes the bar, or prints a last line.
  void end();

  // For the progress functions of the library; opaque is a Progress. Always 0: go on.
  static int callback(void* opaque, const pith_progress_info* info);

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] std::string describe(Clock::time_point now) const;
  [[nodiscard]] std::string bar(const std::string& description) const;

  Messages* messages_;
  bool shown_ = false;     // at all
  bool terminal_ = false;  // rewrite one line
  Clock::duration delay_{};
  std::string name_;  // empty: no work
  uint64_t total_ = 0;
  Unit unit_ = Unit::kRaw;
  pith_progress_info last_ = {};
  Clock::time_point begun_;
  Clock::time_point next_;  // when to draw
};

}  // namespace pith::cli
