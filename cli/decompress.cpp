#include <algorithm>
#include <array>
#include <vector>

#include "cli/coders.h"
#include "cli/coding.h"
#include "cli/failures.h"

namespace pith::cli {
namespace {

constexpr size_t kBufferSize = size_t{256} * 1024;  // bytes, for reading and for writing
constexpr std::array<uint8_t, 8> kMagic = {0x89, 0x70, 0x69, 0x74, 0x68, 0x0d, 0x0a, 0x1a};

bool begins_like_pith(const std::vector<uint8_t>& data, size_t size) {
  return std::equal(data.begin(),
                    data.begin() + static_cast<std::ptrdiff_t>(std::min(size, kMagic.size())),
                    kMagic.begin());
}

// The uncompressed size, where the index of a file tells it; 0 if not.
uint64_t indexed_size(InputFile* input) {
  if (!input->is_regular()) return 0;
  const pith_source source = input->source();
  const Reader reader(pith_reader_open(&source, nullptr, nullptr, nullptr));
  return reader == nullptr ? 0 : pith_reader_size(reader.get());
}

void begin_progress(InputFile* input, Context* context) {
  if (const uint64_t raw = indexed_size(input)) {
    context->progress.begin(input->name(), raw, Progress::Unit::kRaw);
  } else {
    context->progress.begin(
        input->name(), input->is_regular() ? input->size() : context->options.size_hint.value_or(0),
        Progress::Unit::kCoded);
  }
}

class Decompression {
 public:
  Decompression(InputFile* input, Output* output, Context* context, Counts* counts)
      : input_(input),
        output_(output),
        context_(context),
        counts_(counts),
        in_buffer_(kBufferSize) {}

  [[nodiscard]] bool run(bool pass_through) {
    // Enough to recognise the format.
    while (in_.size < kMagic.size() && !at_end_) {
      if (!read()) return false;
    }
    if (pass_through && !begins_like_pith(in_buffer_, in_.size)) return copy();
    if (pass_through && in_.size == 0) return true;
    return decode();
  }

 private:
  // Appends to the buffer, or starts it anew when all of it was used.
  [[nodiscard]] bool read() {
    if (in_.pos == in_.size) in_.pos = in_.size = 0;
    size_t done = 0;
    const std::span<uint8_t> room = std::span(in_buffer_).subspan(in_.size);
    if (!input_->read(
            room, &done, [this] { context_->progress.tick(); }, &context_->messages)) {
      return false;
    }
    in_.data = in_buffer_.data();
    in_.size += done;
    at_end_ = done == 0;
    counts_->coded += done;
    return true;
  }

  [[nodiscard]] bool copy() {
    while (in_.size > 0) {
      if (!output_->write({in_buffer_.data(), in_.size})) return false;
      counts_->raw += in_.size;
      in_.pos = in_.size;
      if (!read()) return false;
    }
    return true;
  }

  [[nodiscard]] bool decode() {
    const Decoder decoder = make_decoder(*context_, nullptr);
    if (decoder == nullptr) return false;
    pith_decoder_progress(decoder.get(), Progress::callback, &context_->progress);
    std::vector<uint8_t> out_buffer(kBufferSize);
    bool header_seen = false;
    for (;;) {
      if (in_.pos == in_.size && !at_end_ && !read()) return false;
      pith_out out = {out_buffer.data(), out_buffer.size(), 0};
      const int status =
          pith_decoder_run(decoder.get(), &out, &in_, at_end_ ? PITH_FINISH : PITH_RUN);
      // What is handed out before an error is right, and may go to a stream.
      if (out.pos > 0 && !output_->write({out_buffer.data(), out.pos})) return false;
      counts_->raw += out.pos;
      if (status == PITH_END) {
        context_->progress.update({counts_->raw, counts_->coded});
        return true;
      }
      if (status == PITH_ERR_MEMLIMIT && lift_memory_goal(context_->options, decoder.get()))
        continue;
      if (status == PITH_ERR_MODEL && supply_model(*context_, decoder.get())) continue;
      if (status < 0) return report(decoder.get(), status);
      pith_info info = {};
      if (!header_seen && pith_decoder_info(decoder.get(), &info) >= 0) {
        header_seen = true;
        if (too_many_threads(*context_, decoder.get(), *input_)) return false;
      }
      context_->progress.tick();
    }
  }

  bool report(const pith_decoder* decoder, int status) {
    pith_error error = {};
    pith_decoder_error(decoder, &error);
    context_->messages.error(input_->name(), describe_damage(status, error, input_->size() > 0));
    return false;
  }

  InputFile* input_;
  Output* output_;
  Context* context_;
  Counts* counts_;
  std::vector<uint8_t> in_buffer_;
  pith_in in_ = {nullptr, 0, 0};
  bool at_end_ = false;
};

}  // namespace

bool decompress(InputFile* input, Output* output, bool pass_through, Context* context,
                Counts* counts) {
  begin_progress(input, context);
  return Decompression(input, output, context, counts).run(pass_through);
}

}  // namespace pith::cli
