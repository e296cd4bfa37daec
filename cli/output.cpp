#include "cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <utility>

#include "cli/attributes.h"

namespace pith::cli {
namespace {

OnInterrupt tick(Context* context) {
  return [context] { context->progress.tick(); };
}

// Holes may be made in a stream only behind the end of a regular file.
bool can_have_holes(int fd) {
  struct stat status = {};
  const int flags = fcntl(fd, F_GETFL);
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && flags >= 0 &&
         (flags & O_APPEND) == 0 && lseek(fd, 0, SEEK_CUR) == status.st_size;
}

// Asks on the terminal. False without asking if there is nobody to ask.
bool user_agrees(const std::string& name, const InputFile& source, Messages* messages,
                 bool* asked) {
  *asked = isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0 && !source.is_stdin() &&
           messages->verbosity() >= 0;
  if (!*asked) return false;
  messages->transient(fmt::format("pith: {}: exists already; replace it (y/N)? ", printable(name)));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

// ---- StreamOutput

StreamOutput::StreamOutput(int fd, bool owned, bool holes, std::string name, Context* context)
    : context_(context), name_(std::move(name)), fd_(fd), owned_(owned), writer_(fd, holes) {}

std::unique_ptr<StreamOutput> StreamOutput::standard_output(Context* context) {
  const Options& options = context->options;
  const bool holes = options.mode == Mode::kDecompress && options.sparse.value_or(false) &&
                     can_have_holes(STDOUT_FILENO);
  return std::unique_ptr<StreamOutput>(
      new StreamOutput(STDOUT_FILENO, false, holes, std::string(kStdoutName), context));
}

std::unique_ptr<StreamOutput> StreamOutput::open(const std::string& name, Context* context) {
  const int fd = ::open(name.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    context->messages.error(name, std::strerror(errno));
    return nullptr;
  }
  return std::unique_ptr<StreamOutput>(new StreamOutput(fd, true, false, name, context));
}

StreamOutput::~StreamOutput() {
  if (owned_ && fd_ >= 0) close(fd_);
}

bool StreamOutput::report(int error) {
  if (error == 0) return true;
  context_->messages.error(name_, fmt::format("write error: {}", std::strerror(error)));
  return false;
}

bool StreamOutput::write(std::span<const uint8_t> data) {
  return report(writer_.write(data, tick(context_)));
}

bool StreamOutput::finish(const InputFile& /*source*/) {
  if (!report(writer_.finish(tick(context_)))) return false;
  if (!owned_) return true;  // more may follow; closed at the end of the program
  const int fd = std::exchange(fd_, -1);
  return report(close(fd) == 0 || errno == EINTR ? 0 : errno);
}

// ---- FileOutput

bool FileOutput::report(std::string_view what, int error) {
  context_->messages.error(name_, fmt::format("{}: {}", what, std::strerror(error)));
  return false;
}

bool FileOutput::may_replace(const struct stat& existing, const InputFile& source) {
  Messages& messages = context_->messages;
  if (S_ISDIR(existing.st_mode)) {
    messages.error(name_, "is a directory and is not replaced");
  } else if (!S_ISREG(existing.st_mode) && !S_ISLNK(existing.st_mode)) {
    messages.error(name_, "exists, is not a regular file, and is not replaced");
  } else if (existing.st_dev == source.status().st_dev &&
             existing.st_ino == source.status().st_ino) {
    messages.error(name_, "is the source itself and is not replaced");
  } else if (context_->written.contains({existing.st_dev, existing.st_ino})) {
    messages.error(name_, fmt::format("was just written from another source; {} would replace it",
                                      printable(source.name())));
  } else if (context_->options.force) {
    return true;
  } else {
    bool asked = false;
    if (user_agrees(name_, source, &messages, &asked)) return true;
    if (asked) {
      messages.warning(name_, "not replaced");
    } else {
      messages.error(name_, "exists already; -f replaces it");
    }
  }
  return false;
}

std::unique_ptr<FileOutput> FileOutput::open(const std::string& name, const InputFile& source,
                                             Context* context) {
  std::unique_ptr<FileOutput> output(new FileOutput(name, context));
  if (const int error = output->file_.open_directory(name)) {
    output->report("cannot be created", error);
    return nullptr;
  }
  struct stat existing = {};
  const int missing = output->file_.target_status(&existing);
  if (missing == 0) {
    if (!output->may_replace(existing, source)) return nullptr;
    output->replace_ = true;
  } else if (missing != ENOENT) {
    output->report("cannot be created", missing);
    return nullptr;
  }
  if (const int error = output->file_.create()) {
    output->report("cannot be created", error);
    return nullptr;
  }
  const Options& options = context->options;
  const bool holes = options.mode == Mode::kDecompress && options.sparse.value_or(true);
  output->writer_ = SparseWriter(output->file_.fd(), holes);
  return output;
}

bool FileOutput::write(std::span<const uint8_t> data) {
  const int error = writer_.write(data, tick(context_));
  return error == 0 || report("write error", error);
}

bool FileOutput::finish(const InputFile& source) {
  const Options& options = context_->options;
  if (const int error = writer_.finish(tick(context_))) return report("write error", error);
  if (options.copy_attributes && source.is_regular() && !source.is_stdin()) {
    copy_attributes(file_.fd(), source.status(), name_, &context_->messages);
  } else {
    set_default_mode(file_.fd(), name_, &context_->messages);
  }
  struct stat status = {};
  if (fstat(file_.fd(), &status) != 0) return report("write error", errno);
  if (options.sync) {
    if (const int error = file_.sync()) return report("write error", error);
  }
  if (const int error = file_.publish(replace_)) {
    if (error == EEXIST) return report("has appeared in the meantime; -f replaces it", error);
    return report("cannot be given its name", error);
  }
  context_->written.emplace(status.st_dev, status.st_ino);
  if (options.sync) {
    if (const int error = file_.sync_directory()) return report("write error", error);
  }
  return true;
}

}  // namespace pith::cli
