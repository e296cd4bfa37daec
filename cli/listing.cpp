#include "cli/listing.h"

#include "cli/coders.h"
#include "cli/failures.h"
#include "cli/input_file.h"

namespace pith::cli {

const char* method_name(int method) {
  switch (method) {
    case PITH_METHOD_STORED:
      return "stored";
    case PITH_METHOD_ZSTD:
      return "zstd";
    case PITH_METHOD_NGRAM:
      return "n-gram";
    case PITH_METHOD_NEURAL:
      return "neural";
    default:
      return "unknown";
  }
}

const char* kind_name(int kind) {
  switch (kind) {
    case PITH_KIND_TEXT:
      return "text";
    case PITH_KIND_STRUCTURED:
      return "structured";
    case PITH_KIND_BINARY:
      return "binary";
    case PITH_KIND_INCOMPRESSIBLE:
      return "incompressible";
    default:
      return "unknown";
  }
}

std::optional<Listing> read_listing(const std::string& path, bool with_blocks, Context* context) {
  InputRules rules;
  rules.special_files = true;
  rules.refuse_terminal = true;
  const auto input = InputFile::open(path, rules, &context->messages);
  if (input == nullptr) return std::nullopt;
  const Reader reader = make_reader(input.get(), *context);
  if (reader == nullptr) return std::nullopt;

  Listing listing;
  listing.name = input->name();
  listing.raw = pith_reader_size(reader.get());
  listing.coded = input->size();
  listing.blocks = pith_reader_blocks(reader.get());
  int status = PITH_OK;
  listing.frames.resize(pith_reader_frames(reader.get()));
  for (size_t i = 0; i < listing.frames.size() && status >= 0; ++i) {
    status = pith_reader_frame_info(reader.get(), i, &listing.frames[i]);
  }
  if (with_blocks) listing.block_list.resize(listing.blocks);
  for (size_t i = 0; i < listing.block_list.size() && status >= 0; ++i) {
    status = pith_reader_block_info(reader.get(), i, &listing.block_list[i]);
  }
  if (status < 0) {
    pith_error error = {};
    pith_reader_error(reader.get(), &error);
    context->messages.error(listing.name, describe_damage(status, error, true));
    return std::nullopt;
  }
  return listing;
}

}  // namespace pith::cli
