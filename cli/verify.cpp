#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "cli/coders.h"
#include "cli/coding.h"
#include "cli/failures.h"

namespace pith::cli {
namespace {

constexpr size_t kBufferSize = size_t{256} * 1024;  // bytes

constexpr std::string_view kAdvice =
    "; the source is kept and nothing was written. Check the memory and the disk of this machine";

// Compares what is decoded with the source, read once more from its beginning.
class Comparison {
 public:
  Comparison(const InputFile& source, const Counts& counts)
      : source_(source), expected_(counts.raw), buffer_(kBufferSize) {}

  // Empty if data is what the source has next.
  [[nodiscard]] std::string add(std::span<const uint8_t> data) {
    if (data.size() > expected_ - position_) return "more data comes out than went in";
    if (!source_.is_regular()) {
      position_ += data.size();
      return {};
    }
    while (!data.empty()) {
      const std::span<uint8_t> part =
          std::span(buffer_).first(std::min(data.size(), buffer_.size()));
      const ssize_t n = source_.pread(part, position_);
      if (n < 0) return fmt::format("read error: {}", std::strerror(static_cast<int>(-n)));
      if (static_cast<size_t>(n) != part.size() ||
          !std::equal(part.begin(), part.end(), data.begin())) {
        return fmt::format("what comes out differs from the source after offset {}", position_);
      }
      position_ += part.size();
      data = data.subspan(part.size());
    }
    return {};
  }

  [[nodiscard]] bool complete() const { return position_ == expected_; }

 private:
  const InputFile& source_;
  uint64_t expected_;
  uint64_t position_ = 0;
  std::vector<uint8_t> buffer_;
};

}  // namespace

bool verify(const InputFile& source, int fd, const Counts& counts, Context* context) {
  const auto fail = [&](std::string_view text) {
    context->messages.error(source.name(), fmt::format("verification: {}{}", text, kAdvice));
    return false;
  };
  const Decoder decoder = make_decoder(*context, nullptr);
  if (decoder == nullptr) return false;
  // --max-output is about what the user wants to have written.
  (void)pith_decoder_set(decoder.get(), PITH_PARAM_MAX_OUTPUT, UINT64_MAX);
  context->progress.begin(source.name() + " (verifying)", counts.raw, Progress::Unit::kRaw);
  pith_decoder_progress(decoder.get(), Progress::callback, &context->progress);

  Comparison comparison(source, counts);
  std::vector<uint8_t> in_buffer(kBufferSize);
  std::vector<uint8_t> out_buffer(kBufferSize);
  pith_in in = {in_buffer.data(), 0, 0};
  uint64_t position = 0;
  for (;;) {
    if (in.pos == in.size && position < counts.coded) {
      const ssize_t n = pread_full(fd, in_buffer, position);
      if (n <= 0) return fail(n < 0 ? std::strerror(static_cast<int>(-n)) : "data is missing");
      in.pos = 0;
      in.size = static_cast<size_t>(n);
      position += in.size;
    }
    pith_out out = {out_buffer.data(), out_buffer.size(), 0};
    const int status = pith_decoder_run(decoder.get(), &out, &in,
                                        position == counts.coded ? PITH_FINISH : PITH_RUN);
    const std::string difference = comparison.add({out_buffer.data(), out.pos});
    if (!difference.empty()) return fail(difference);
    if (status == PITH_END) break;
    if (status == PITH_ERR_MEMLIMIT && lift_memory_goal(context->options, decoder.get())) continue;
    if (status < 0) {
      pith_error error = {};
      pith_decoder_error(decoder.get(), &error);
      return fail(describe_failure(status, error));
    }
    context->progress.tick();
  }
  return comparison.complete() || fail("less data comes out than went in");
}

}  // namespace pith::cli
