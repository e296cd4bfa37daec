// What pith says on standard error, and the exit status that follows from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pith::cli {

enum class ExitStatus { kOk = 0, kError = 1, kWarning = 2 };

// "ok", "error" or "warning", for --json.
[[nodiscard]] const char* status_name(ExitStatus status);

// Names used in messages for the two streams.
inline constexpr std::string_view kStdinName = "(stdin)";
inline constexpr std::string_view kStdoutName = "(stdout)";

// A file name that is safe to print in one line: control characters, backslashes and bytes that are
// not UTF-8 are written as escapes.
[[nodiscard]] std::string printable(std::string_view name);

class Messages {
 public:
  // Looks at standard error and the environment variables NO_COLOR and TERM for whether to use
  // colour.
  Messages();

  // -2: nothing at all, -1: errors, 0: warnings and notes too, 1 and 2: as much as -v and -vv ask
  // for.
  void set_verbosity(int verbosity) { verbosity_ = verbosity; }
  [[nodiscard]] int verbosity() const { return verbosity_; }

  // file may be empty: then the message is about no file.
  void error(std::string_view file, std::string_view text);  // exit status 1
  void warning(std::string_view file,
               std::string_view text);                      // something was skipped: exit status 2
  void note(std::string_view file, std::string_view text);  // exit status unchanged
  void detail(int verbosity, std::string_view file,
              std::string_view text);  // only from -v (1), -vv (2)

  // A line that is rewritten in place on a terminal, until the next message or an empty line.
  void transient(std::string_view line);

  [[nodiscard]] ExitStatus status() const { return worst(total_, file_); }
  [[nodiscard]] ExitStatus file_status() const { return file_; }
  // Errors and warnings since begin_file(), for --json.
  [[nodiscard]] const std::vector<std::string>& file_texts() const { return file_texts_; }
  // Work on another input begins.
  void begin_file();

 private:
  enum class Colour { kNone, kRed, kYellow };
  static ExitStatus worst(ExitStatus a, ExitStatus b);
  void print(Colour colour, std::string_view file, std::string_view text);

  int verbosity_ = 0;
  bool colour_ = false;
  bool transient_shown_ = false;
  ExitStatus total_ = ExitStatus::kOk;
  ExitStatus file_ = ExitStatus::kOk;
  std::vector<std::string> file_texts_;
};

}  // namespace pith::cli
