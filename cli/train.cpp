#include "cli/train.h"

#include <fmt/format.h>
#include <pith/pith.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/failures.h"
#include "cli/input_file.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/output.h"
#include "cli/ratios.h"
#include "cli/sizes.h"
#include "cli/standard_output.h"

namespace pith::cli {
namespace {

constexpr size_t kReadSize = size_t{1024} * 1024;
constexpr uint64_t kSamplesMax = UINT32_MAX - 1;  // bytes
constexpr int kLevels = 4;                        // that a prior is measured at
constexpr uint64_t kProgressSteps = 10'000;

class Training {
 public:
  explicit Training(Context* context) : context_(context), options_(context->options) {}

  void run() {
    for_each_input(options_, &context_->messages, [this](const InputName& name) {
      if (!failed_ && !add(name.path)) failed_ = true;
    });
    // A name that could not be read is a failure too: the prior would not be what was asked for.
    if (failed_ || context_->messages.status() != ExitStatus::kOk) return;
    if (output_ == nullptr) {
      context_->messages.error("", "there are no samples to train with");
      return;
    }
    if (train() && output_->write(prior_) && output_->finish(*first_)) report();
  }

 private:
  // Reads a file; zero bytes end documents in it.
  [[nodiscard]] bool add(const std::string& path) {
    InputRules rules;
    rules.special_files = true;
    auto input = InputFile::open(path, rules, &context_->messages);
    if (input == nullptr || !may_read(*input)) return false;
    std::vector<uint8_t> buffer(kReadSize);
    uint64_t document = 0;
    for (;;) {
      size_t done = 0;
      if (!input->read(
              buffer, &done, [this] { context_->progress.tick(); }, &context_->messages)) {
        return false;
      }
      if (done == 0) break;
      if (samples_.size() + done > kSamplesMax) {
        context_->messages.error(input->name(), "too many samples: at most 4 GiB can be used");
        return false;
      }
      for (size_t i = 0; i < done;) {
        const auto from = buffer.begin() + static_cast<std::ptrdiff_t>(i);
        const auto end = std::find(from, buffer.begin() + static_cast<std::ptrdiff_t>(done), 0);
        samples_.insert(samples_.end(), from, end);
        document += static_cast<uint64_t>(end - from);
        i += static_cast<size_t>(end - from);
        if (i < done) {
          end_document(&document);
          ++i;
        }
      }
    }
    end_document(&document);
    if (first_ == nullptr) first_ = std::move(input);
    return true;
  }

  void end_document(uint64_t* size) {
    if (*size != 0) sizes_.push_back(*size);
    *size = 0;
  }

  // The output is opened with the first sample, so that hours of work do not end at a name that
  // cannot be written; no sample may be replaced by it.
  [[nodiscard]] bool may_read(const InputFile& input) {
    if (output_ == nullptr) {
      output_ = FileOutput::open(options_.output, input, context_);
      return output_ != nullptr;
    }
    struct stat existing = {};
    if (stat(options_.output.c_str(), &existing) != 0 || existing.st_dev != input.status().st_dev ||
        existing.st_ino != input.status().st_ino) {
      return true;
    }
    context_->messages.error(options_.output, "is one of the samples and is not replaced");
    return false;
  }

  [[nodiscard]] bool train() {
    prior_.resize(static_cast<size_t>(options_.max_size));
    size_t size = prior_.size();
    pith_training training = {};
    training.samples = samples_.data();
    training.samples_size = samples_.size();
    training.sizes = sizes_.data();
    training.count = sizes_.size();
    training.memory_limit = options_.memlimit.value_or(0);
    training.progress = [](void* opaque, double done) {
      static_cast<Progress*>(opaque)->update(
          {static_cast<uint64_t>(done * static_cast<double>(kProgressSteps)), 0});
      return 0;
    };
    training.progress_opaque = &context_->progress;
    context_->progress.begin(options_.output, kProgressSteps, Progress::Unit::kShare);
    pith_error error = {};
    const int status = pith_train_prior(prior_.data(), &size, &training, &report_, &error);
    context_->progress.end();
    prior_.resize(size);
    if (status >= 0) return true;
    context_->messages.error("", describe_failure(status, error));
    return false;
  }

  void report() {
    if (options_.json) {
      print_standard_output(json(), &context_->messages);
      return;
    }
    context_->messages.detail(
        0, options_.output,
        fmt::format("{} with {} contexts, from {} of {} samples ({} kept back)",
                    format_size(prior_.size()), report_.contexts, format_size(report_.counted),
                    sizes_.size(), format_size(report_.held)));
    for (int i = 0; i < kLevels; ++i) {
      context_->messages.detail(
          0, options_.output,
          fmt::format("level {}: {:.3f} bits per byte of samples kept back, {:.3f} without it",
                      i + 1, bits(report_.held_with_prior[i]),
                      bits(report_.held_without_prior[i])));
    }
  }

  [[nodiscard]] double bits(uint64_t coded) const {
    return ratios_of(report_.held, coded).bits_per_byte;
  }

  [[nodiscard]] std::string json() const {
    JsonWriter json;
    json.begin_object();
    json.add("pith", pith_version());
    json.add("mode", mode_name(options_.mode));
    json.add("output", options_.output);
    json.add("bytes", uint64_t{prior_.size()});
    json.add("contexts", report_.contexts);
    json.add("documents", uint64_t{sizes_.size()});
    json.add("counted_bytes", report_.counted);
    json.add("tuned_bytes", report_.tuned);
    json.add("held_bytes", report_.held);
    json.begin_array("levels");
    for (int i = 0; i < kLevels; ++i) {
      json.begin_object();
      json.add("level", i + 1);
      json.add("bits_per_byte", bits(report_.held_with_prior[i]));
      json.add("bits_per_byte_without", bits(report_.held_without_prior[i]));
      json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.text();
  }

  Context* context_;
  const Options& options_;
  bool failed_ = false;
  std::unique_ptr<InputFile> first_;
  std::unique_ptr<Output> output_;
  std::vector<uint8_t> samples_;
  std::vector<uint64_t> sizes_;
  std::vector<uint8_t> prior_;
  pith_training_report report_ = {};
};

}  // namespace

void run_train(Context* context) { Training(context).run(); }

}  // namespace pith::cli
