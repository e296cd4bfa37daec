#include "cli/messages.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iterator>

#include "cli/utf8.h"

namespace pith::cli {
namespace {

// Standard error may be closed or full; there is nobody left to tell.
void write_stderr(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDERR_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    text.remove_prefix(static_cast<size_t>(n));
  }
}

bool set_and_not_empty(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

const char* status_name(ExitStatus status) {
  switch (status) {
    case ExitStatus::kOk:
      return "ok";
    case ExitStatus::kError:
      return "error";
    case ExitStatus::kWarning:
      return "warning";
  }
  return "";
}

std::string printable(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const size_t length = utf8_length(name);
    const auto byte = static_cast<unsigned char>(name[0]);
    // U+0080 to U+009F are control characters too: C2 80 to C2 9F.
    const bool c1 = length == 2 && byte == 0xc2 && static_cast<unsigned char>(name[1]) < 0xa0;
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\\') {
      out += "\\\\";
    } else if (length == 0 || byte < 0x20 || byte == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else if (c1) {
      fmt::format_to(std::back_inserter(out), "\\xc2\\x{:02x}",
                     static_cast<unsigned char>(name[1]));
    } else {
      out += name.substr(0, length);
    }
    name.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

Messages::Messages() {
  const char* term = std::getenv("TERM");
  colour_ = isatty(STDERR_FILENO) != 0 && !set_and_not_empty("NO_COLOR") && term != nullptr &&
            std::string_view(term) != "dumb";
}

ExitStatus Messages::worst(ExitStatus a, ExitStatus b) {
  if (a == ExitStatus::kError || b == ExitStatus::kError) return ExitStatus::kError;
  return a == ExitStatus::kOk ? b : a;
}

void Messages::begin_file() {
  total_ = worst(total_, file_);
  file_ = ExitStatus::kOk;
  file_texts_.clear();
}

void Messages::print(Colour colour, std::string_view file, std::string_view text) {
  std::string line;
  if (transient_shown_) line += "\r\033[K";
  transient_shown_ = false;
  if (colour_ && colour != Colour::kNone) {
    line += colour == Colour::kRed ? "\033[1;31mpith:\033[0m " : "\033[1;33mpith:\033[0m ";
  } else {
    line += "pith: ";
  }
  if (!file.empty()) line += printable(file) + ": ";
  line += text;
  line += '\n';
  write_stderr(line);
}

void Messages::error(std::string_view file, std::string_view text) {
  file_ = ExitStatus::kError;
  file_texts_.emplace_back(text);
  if (verbosity_ >= -1) print(Colour::kRed, file, text);
}

void Messages::warning(std::string_view file, std::string_view text) {
  file_ = worst(file_, ExitStatus::kWarning);
  file_texts_.emplace_back(text);
  if (verbosity_ >= 0) print(Colour::kYellow, file, text);
}

void Messages::note(std::string_view file, std::string_view text) {
  if (verbosity_ >= 0) print(Colour::kYellow, file, text);
}

void Messages::detail(int verbosity, std::string_view file, std::string_view text) {
  if (verbosity_ >= verbosity) print(Colour::kNone, file, text);
}

void Messages::transient(std::string_view line) {
  if (line.empty() && !transient_shown_) return;
  write_stderr(fmt::format("\r\033[K{}", line));
  transient_shown_ = !line.empty();
}

}  // namespace pith::cli
