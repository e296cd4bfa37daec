#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/coders.h"
#include "cli/coding.h"
#include "cli/failures.h"

namespace pith::cli {
namespace {

constexpr size_t kBufferSize = size_t{1024} * 1024;  // bytes

}  // namespace

bool extract_range(InputFile* input, Output* output, Context* context, Counts* counts) {
  Messages& messages = context->messages;
  const Range range = context->options.range.value_or(Range{});
  const Reader reader = make_reader(input, *context);
  if (reader == nullptr) return false;
  const uint64_t size = pith_reader_size(reader.get());
  if (range.offset > size) {
    messages.error(input->name(),
                   fmt::format("--range: offset {} is behind the end, {}", range.offset, size));
    return false;
  }
  const uint64_t length = std::min(range.length, size - range.offset);
  if (length > context->options.max_output) {
    messages.error(input->name(), describe_failure(PITH_ERR_OUTPUT_LIMIT, {}));
    return false;
  }
  counts->coded = input->size();
  context->progress.begin(input->name(), length, Progress::Unit::kRaw);
  std::vector<uint8_t> buffer(static_cast<size_t>(std::min<uint64_t>(length, kBufferSize)));
  while (counts->raw < length) {
    const auto part = static_cast<size_t>(std::min<uint64_t>(length - counts->raw, buffer.size()));
    size_t done = 0;
    const int status =
        pith_reader_read(reader.get(), buffer.data(), part, range.offset + counts->raw, &done);
    if (done > 0 && !output->write({buffer.data(), done})) return false;
    counts->raw += done;
    if (status == PITH_ERR_MODEL && supply_model(*context, reader.get())) continue;
    if (status < 0) {
      pith_error error = {};
      pith_reader_error(reader.get(), &error);
      messages.error(input->name(), describe_failure(status, error));
      return false;
    }
    if (done == 0) break;
    context->progress.update({counts->raw, 0});
  }
  return true;
}

}  // namespace pith::cli
