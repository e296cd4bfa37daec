#include <vector>

#include "cli/coders.h"
#include "cli/coding.h"
#include "cli/failures.h"

namespace pith::cli {
namespace {

constexpr size_t kBufferSize = size_t{256} * 1024;  // bytes, for reading and for writing

}  // namespace

bool compress(InputFile* input, Output* output, Context* context, Counts* counts) {
  const Options& options = context->options;
  // What can be read back is verified as a whole afterwards.
  const bool verify_blocks = options.verify && (output->readable_fd() < 0 || !input->is_regular());
  const Encoder encoder = make_encoder(*context, chosen_level(options), verify_blocks, nullptr);
  if (encoder == nullptr) return false;
  Progress& progress = context->progress;
  progress.begin(input->name(), input->is_regular() ? input->size() : options.size_hint.value_or(0),
                 Progress::Unit::kRaw);
  pith_encoder_progress(encoder.get(), Progress::callback, &progress);

  std::vector<uint8_t> in_buffer(kBufferSize);
  std::vector<uint8_t> out_buffer(kBufferSize);
  pith_in in = {in_buffer.data(), 0, 0};
  bool at_end = false;
  for (;;) {
    if (in.pos == in.size && !at_end) {
      in.pos = 0;
      if (!input->read(
              in_buffer, &in.size, [&] { progress.tick(); }, &context->messages)) {
        return false;
      }
      at_end = in.size == 0;
      counts->raw += in.size;
    }
    pith_out out = {out_buffer.data(), out_buffer.size(), 0};
    const int status = pith_encoder_run(encoder.get(), &out, &in, at_end ? PITH_FINISH : PITH_RUN);
    if (status < 0) {
      pith_error error = {};
      pith_encoder_error(encoder.get(), &error);
      context->messages.error(input->name(), describe_failure(status, error));
      return false;
    }
    if (out.pos > 0 && !output->write({out_buffer.data(), out.pos})) return false;
    counts->coded += out.pos;
    if (status == PITH_END) {
      progress.update({counts->raw, counts->coded});
      return true;
    }
    progress.tick();
  }
}

}  // namespace pith::cli
