#include <fmt/format.h>

#include <array>

#include "cli/coding.h"
#include "cli/failures.h"
#include "cli/sizes.h"

namespace pith::cli {
namespace {

// "12 to 34" for bytes from offset on.
std::string describe_range(uint64_t offset, uint64_t size) {
  if (offset == PITH_UNKNOWN_POSITION) return "an unknown range";
  if (size == PITH_UNKNOWN_POSITION) return fmt::format("{} and on", offset);
  if (size == 0) return fmt::format("none at {}", offset);
  return fmt::format("{} to {}", offset, offset + size - 1);
}

struct Recovery {
  const InputFile* input;
  Output* output;
  Context* context;
  Counts* counts;
  enum class Stop { kNone, kWriteError, kOutputLimit } stop = Stop::kNone;

  static int on_data(void* opaque, uint64_t /*frame*/, uint64_t /*raw_offset*/, const void* data,
                     size_t size) {
    auto* self = static_cast<Recovery*>(opaque);
    if (size > self->context->options.max_output - self->counts->raw) {
      self->stop = Stop::kOutputLimit;
      return 1;
    }
    if (!self->output->write({static_cast<const uint8_t*>(data), size})) {
      self->stop = Stop::kWriteError;
      return 1;
    }
    self->counts->raw += size;
    self->context->progress.update({self->counts->raw, 0});
    return 0;
  }

  static int on_lost(void* opaque, const pith_lost* lost) {
    auto* self = static_cast<Recovery*>(opaque);
    self->counts->lost.push_back(*lost);
    self->context->messages.warning(
        self->input->name(),
        fmt::format("lost: frame {}, uncompressed bytes {} (compressed bytes {})", lost->frame,
                    describe_range(lost->raw_offset, lost->raw_size),
                    describe_range(lost->coded_offset, lost->coded_size)));
    return 0;
  }
};

// The model that the first frame names, if its header is left and the model can be had; else the
// one that was chosen.
const pith_model* model_for(const InputFile& input, Context* context) {
  std::array<uint8_t, 64> start{};
  const ssize_t size = input.pread(start, 0);
  pith_info frame = {};
  if (size <= 0 || pith_probe(&frame, start.data(), static_cast<size_t>(size)) < 0 ||
      frame.model_id == 0 || pith_model_name(frame.model_id) != nullptr) {
    return context->models.chosen();
  }
  const pith_model* named = context->models.with_id(frame.model_id);
  return named != nullptr ? named : context->models.chosen();
}

}  // namespace

bool recover(InputFile* input, Output* output, Context* context, Counts* counts) {
  Messages& messages = context->messages;
  if (!input->is_regular()) {
    messages.error(input->name(),
                   "--recover needs a file that can be read in any order, not a pipe");
    return false;
  }
  context->progress.begin(input->name(), 0, Progress::Unit::kRaw);
  Recovery recovery = {input, output, context, counts};
  const pith_source source = input->source();
  const pith_recover_sink sink = {Recovery::on_data, Recovery::on_lost, &recovery};
  pith_error error = {};
  const int status = pith_recover(&source, &sink, context->prior, model_for(*input, context),
                                  nullptr, context->options.memlimit.value_or(0), &error);
  counts->coded = input->size();
  if (recovery.stop == Recovery::Stop::kWriteError) return false;
  if (recovery.stop == Recovery::Stop::kOutputLimit) {
    messages.error(input->name(), describe_failure(PITH_ERR_OUTPUT_LIMIT, error));
    return false;
  }
  if (status >= 0 && counts->lost.empty()) return true;
  if (status < 0 && status != PITH_ERR_CORRUPT) {
    messages.error(input->name(), describe_failure(status, error));
    return false;
  }
  if (counts->raw == 0) {
    messages.error(input->name(), "nothing could be recovered: no undamaged block was found");
    return false;
  }
  messages.warning(input->name(), fmt::format("{} recovered; the lost ranges are left out",
                                              format_size(counts->raw)));
  return true;
}

}  // namespace pith::cli
