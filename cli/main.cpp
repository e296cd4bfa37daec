// pith: the program.
#include <exception>
#include <memory>
#include <new>

#include "cli/benchmark.h"
#include "cli/context.h"
#include "cli/jobs.h"
#include "cli/list.h"
#include "cli/models.h"
#include "cli/object_file.h"
#include "cli/signals.h"
#include "cli/standard_output.h"
#include "cli/train.h"

namespace {

void run(const pith::cli::Options& options, pith::cli::Messages* messages) {
  pith::cli::Progress progress(options.progress, messages);
  std::unique_ptr<pith::cli::PriorFile> prior;
  if (!options.prior.empty()) {
    prior = pith::cli::PriorFile::read(options.prior, options.memlimit.value_or(0), messages);
    if (prior == nullptr) return;
  }
  pith::cli::Models models(options.memlimit.value_or(0), messages);
  if (!options.model.empty() && !models.choose(options.model)) return;
  pith::cli::Context context = {
      options, *messages, progress, prior != nullptr ? prior->object() : nullptr, models, {}};
  switch (options.mode) {
    case pith::cli::Mode::kList:
      pith::cli::run_list(&context);
      break;
    case pith::cli::Mode::kBenchmark:
      pith::cli::run_benchmark(&context);
      break;
    case pith::cli::Mode::kTrain:
      pith::cli::run_train(&context);
      break;
    default:
      pith::cli::run_jobs(&context);
      break;
  }
}

}  // namespace

int main(int argc, char** argv) {
  pith::cli::occupy_standard_streams();
  pith::cli::Messages messages;
  try {
    pith::cli::install_signal_handlers();
    pith::cli::Options options;
    const auto finished = pith::cli::parse_options(argc, argv, &options, &messages);
    if (!finished) run(options, &messages);
  } catch (const std::bad_alloc&) {
    messages.error("", "out of memory; use fewer threads (-T) or a lower level");
  } catch (const std::exception& error) {
    messages.error("", error.what());
  }
  pith::cli::close_standard_output(&messages);
  return static_cast<int>(messages.status());
}
