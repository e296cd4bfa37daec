#include "cli/jobs.h"

#include <fmt/format.h>
#include <pith/pith.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "cli/coding.h"
#include "cli/inputs.h"
#include "cli/job_report.h"
#include "cli/names.h"

namespace pith::cli {
namespace {

constexpr size_t kSampleSize = size_t{64} * 1024;  // what pith_looks_incompressible() looks at

class Job {
 public:
  Job(const InputName& name, Context* context)
      : name_(name), context_(context), options_(context->options), messages_(context->messages) {}

  // False: the input is left out on purpose, and there is nothing to report.
  [[nodiscard]] bool run(JobResult* result) {
    const auto begun = std::chrono::steady_clock::now();
    const bool worked = work(result);
    context_->progress.end();
    result->complete = worked;
    result->seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return !left_out_;
  }

 private:
  [[nodiscard]] bool compressing() const { return options_.mode == Mode::kCompress; }
  [[nodiscard]] bool testing() const { return options_.mode == Mode::kTest; }
  // Output has a name of its own that is derived from the input's.
  [[nodiscard]] bool derives_name() const {
    return !testing() && !options_.to_stdout && options_.output.empty() && name_.path != "-";
  }

  [[nodiscard]] bool work(JobResult* result) {
    InputRules rules;
    rules.special_files = !derives_name();
    rules.remove_source = options_.remove_source;
    rules.force = options_.force;
    rules.refuse_terminal = !compressing();
    const auto input = InputFile::open(name_.path, rules, &messages_);
    result->name = name_.path == "-" ? std::string(kStdinName) : name_.path;
    if (input == nullptr) return false;
    if (options_.exclude_compressed && compressing() && compressed_already(*input)) {
      messages_.detail(1, input->name(), "looks compressed already, left out");
      left_out_ = true;
      return false;
    }
    const std::unique_ptr<Output> output = open_output(*input);
    if (output == nullptr) return false;
    result->output = output->name();
    if (!code(input.get(), output.get(), &result->counts)) return false;
    if (compressing() && options_.verify && output->readable_fd() >= 0 &&
        !verify(*input, output->readable_fd(), result->counts, context_)) {
      return false;
    }
    if (!output->finish(*input)) return false;
    // Only a source whose successor is a complete file goes, and never one of which a part was
    // lost.
    if (options_.remove_source && output->is_file() && messages_.file_status() == ExitStatus::kOk) {
      input->remove(options_.force, &messages_);
    }
    return true;
  }

  [[nodiscard]] bool compressed_already(const InputFile& input) const {
    if (is_compressed_name(name_.path, options_.suffix)) return true;
    if (!input.is_regular()) return false;
    std::vector<uint8_t> sample(kSampleSize);
    const ssize_t n = input.pread(sample, 0);
    return n > 0 && pith_looks_incompressible(sample.data(), static_cast<size_t>(n)) == 1;
  }

  [[nodiscard]] bool code(InputFile* input, Output* output, Counts* counts) {
    if (compressing()) return compress(input, output, context_, counts);
    if (options_.recover) return recover(input, output, context_, counts);
    if (options_.range) return extract_range(input, output, context_, counts);
    const bool pass_through = options_.force && options_.to_stdout && !testing();
    return decompress(input, output, pass_through, context_, counts);
  }

  [[nodiscard]] std::unique_ptr<Output> open_output(const InputFile& input) {
    if (testing()) return std::make_unique<NullOutput>();
    if (derives_name()) return open_derived(input);
    if (options_.output.empty()) {
      if (refuse_terminal(STDOUT_FILENO, kStdoutName)) return nullptr;
      return StreamOutput::standard_output(context_);
    }
    struct stat status = {};
    const bool special = stat(options_.output.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
                         !S_ISDIR(status.st_mode);
    if (!special) return FileOutput::open(options_.output, input, context_);
    return StreamOutput::open(options_.output, context_);
  }

  [[nodiscard]] std::unique_ptr<Output> open_derived(const InputFile& input) {
    const bool elsewhere = !options_.output_dir.empty();
    const std::string base = elsewhere ? options_.output_dir + "/" + name_.place : name_.path;
    std::string target;
    if (compressing()) {
      if (has_own_suffix(name_.path, options_.suffix)) {
        messages_.warning(input.name(), "has a suffix of compressed files already, skipped");
        return nullptr;
      }
      target = compressed_name(base, options_.suffix);
    } else {
      const std::optional<std::string> name = decompressed_name(base, options_.suffix);
      if (!name) {
        messages_.warning(input.name(),
                          "has no suffix of compressed files, skipped (-o or -c names an output)");
        return nullptr;
      }
      target = *name;
    }
    if (elsewhere && !make_directory(target)) return nullptr;
    return FileOutput::open(target, input, context_);
  }

  [[nodiscard]] bool make_directory(const std::string& target) {
    std::error_code error;
    const std::filesystem::path directory = std::filesystem::path(target).parent_path();
    std::filesystem::create_directories(directory, error);
    if (!error) return true;
    messages_.error(directory.string(), fmt::format("cannot be created: {}", error.message()));
    return false;
  }

  [[nodiscard]] bool refuse_terminal(int fd, std::string_view name) {
    if (!compressing() || options_.force || isatty(fd) == 0) return false;
    messages_.error(name,
                    "compressed data is not written to a terminal (unless with -f); use -o or "
                    "redirect it, or try pith -h");
    return true;
  }

  const InputName& name_;
  Context* context_;
  const Options& options_;
  Messages& messages_;
  bool left_out_ = false;
};

}  // namespace

void run_jobs(Context* context) {
  JobReport report(context);
  for_each_input(context->options, &context->messages, [&](const InputName& name) {
    context->messages.begin_file();
    JobResult result;
    if (Job(name, context).run(&result)) report.add(result);
  });
  report.finish();
}

}  // namespace pith::cli
