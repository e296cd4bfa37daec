#include "cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "cli/signals.h"
#include "cli/sizes.h"

namespace pith::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kLineInterval = seconds(2);  // where there is no terminal
constexpr auto kBarInterval = milliseconds(100);
constexpr size_t kMinBar = 10;
constexpr size_t kMaxBar = 40;

size_t terminal_width() {
  winsize size = {};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

std::string format_time(double duration) {
  const auto total = std::llround(duration);
  if (total >= 3600) {
    return fmt::format("{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
  }
  return fmt::format("{}:{:02}", total / 60, total % 60);
}

double ratio(uint64_t a, uint64_t b) { return static_cast<double>(a) / static_cast<double>(b); }

}  // namespace

Progress::Progress(std::optional<bool> wanted, Messages* messages) : messages_(messages) {
  terminal_ = isatty(STDERR_FILENO) != 0;
  shown_ = wanted.value_or(terminal_ && messages->verbosity() >= 0);
  if (!wanted) delay_ = seconds(1);
  if (!terminal_) delay_ = kLineInterval;
}

void Progress::begin(const std::string& name, uint64_t total, Unit unit) {
  name_ = printable(name);
  total_ = total;
  unit_ = unit;
  last_ = {};
  begun_ = Clock::now();
  next_ = begun_ + delay_;
}

void Progress::update(const pith_progress_info& info) {
  last_ = info;
  const bool asked = take_status_request();
  if (!asked && !shown_) return;
  const Clock::time_point now = Clock::now();
  if (asked) messages_->detail(messages_->verbosity(), "", describe(now));
  if (!shown_ || now < next_) return;
  if (terminal_) {
    messages_->transient(bar(describe(now)));
    next_ = now + kBarInterval;
  } else {
    messages_->detail(messages_->verbosity(), "", describe(now));
    next_ = now + kLineInterval;
  }
}

void Progress::end() {
  if (name_.empty()) return;
  if (shown_ && terminal_) messages_->transient("");
  if (shown_ && !terminal_) messages_->detail(messages_->verbosity(), "", describe(Clock::now()));
  name_.clear();
}

int Progress::callback(void* opaque, const pith_progress_info* info) {
  static_cast<Progress*>(opaque)->update(*info);
  return 0;
}

// "name: 45.3 %, 12.3 MiB -> 3.1 MiB, 512 KB/s, 0:35 left"
std::string Progress::describe(Clock::time_point now) const {
  const double elapsed = std::chrono::duration<double>(now - begun_).count();
  const uint64_t done = unit_ == Unit::kCoded ? last_.coded_bytes : last_.raw_bytes;
  std::string text = name_ + ": ";
  if (total_ > 0) text += fmt::format("{:.1f} %", 100 * std::min(1.0, ratio(done, total_)));
  if (unit_ != Unit::kShare) {
    if (total_ > 0) text += ", ";
    text += fmt::format("{} uncompressed, {} compressed", format_size(last_.raw_bytes),
                        format_size(last_.coded_bytes));
    if (elapsed > 0) {
      text += fmt::format(", {:.0f} KB/s", static_cast<double>(last_.raw_bytes) / elapsed / 1000);
    }
  }
  if (total_ > done && done > 0) {
    text += fmt::format(", {} left", format_time(elapsed * ratio(total_ - done, done)));
  } else {
    text += fmt::format(", {} so far", format_time(elapsed));
  }
  return text;
}

// The description behind a bar, if there is room for one, cut to one line of the terminal.
std::string Progress::bar(const std::string& description) const {
  const size_t width = terminal_width() - 1;
  std::string line;
  if (total_ > 0 && width > description.size() + kMinBar + 3) {
    const uint64_t done = unit_ == Unit::kCoded ? last_.coded_bytes : last_.raw_bytes;
    const size_t length = std::min(width - description.size() - 3, kMaxBar);
    const auto filled =
        static_cast<size_t>(static_cast<double>(length) * std::min(1.0, ratio(done, total_)));
    line = fmt::format("[{:#<{}}{: <{}}] ", "", filled, "", length - filled);
  }
  line += description;
  // The name comes first and numbers matter more: cut at the front, after a whole character.
  if (line.size() > width) {
    size_t cut = line.size() - width;
    while (cut < line.size() && (static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) ++cut;
    line.erase(0, cut);
  }
  return line;
}

}  // namespace pith::cli
