#include "cli/coders.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "cli/failures.h"
#include "cli/sizes.h"

namespace pith::cli {
namespace {

// The library's own encoder_memory() knows what a number of threads costs.
unsigned threads_within(const pith_encoder* encoder, unsigned threads, uint64_t goal) {
  while (threads > 1 && pith_encoder_memory(encoder, threads) > goal) --threads;
  return threads;
}

std::string exceeds(uint64_t needed, unsigned threads, uint64_t limit) {
  return fmt::format(
      "{} threads need {} of memory, the limit is {}; use -T, raise -M, or leave out "
      "--no-adjust",
      threads, format_size(needed), format_size(limit));
}

}  // namespace

unsigned available_processors() { return std::max(1U, std::thread::hardware_concurrency()); }

unsigned wanted_threads(const Options& options) {
  return options.threads == 0 ? available_processors() : options.threads;
}

uint64_t memory_goal(const Options& options) {
  return options.memlimit.value_or(physical_memory() / 2);
}

int chosen_level(const Options& options) { return options.level.value_or(PITH_LEVEL_DEFAULT); }

Encoder make_encoder(const Context& context, int level, bool verify,
                     const pith_allocator* allocator) {
  const Options& options = context.options;
  Encoder encoder(pith_encoder_new(allocator));
  if (encoder == nullptr) {
    context.messages.error("", pith_status_text(PITH_ERR_MEMORY));
    return nullptr;
  }
  const auto set = [&](pith_param param, uint64_t value) {
    const int status = pith_encoder_set(encoder.get(), param, value);
    if (status < 0) {
      pith_error error = {};
      pith_encoder_error(encoder.get(), &error);
      context.messages.error("", describe_failure(status, error));
    }
    return status >= 0;
  };
  if (!set(PITH_PARAM_LEVEL, static_cast<uint64_t>(level)) ||
      !set(PITH_PARAM_BLOCK_SIZE, options.block_size) || !set(PITH_PARAM_VERIFY, verify ? 1 : 0) ||
      !set(PITH_PARAM_BUILT_IN_PRIORS, options.built_in_priors ? 1 : 0) ||
      pith_encoder_set_prior(encoder.get(), context.prior) < 0 ||
      pith_encoder_set_model(encoder.get(), context.models.chosen()) < 0) {
    return nullptr;
  }
  unsigned threads = wanted_threads(options);
  const uint64_t limit = options.memlimit.value_or(0);
  if (!options.adjust) {
    const uint64_t needed = pith_encoder_memory(encoder.get(), threads);
    if (limit != 0 && needed > limit) {
      context.messages.error("", exceeds(needed, threads, limit));
      return nullptr;
    }
  } else if (!options.memlimit) {
    threads = threads_within(encoder.get(), threads, memory_goal(options));
  }
  if (!set(PITH_PARAM_THREADS, threads) || !set(PITH_PARAM_MEMLIMIT, limit)) return nullptr;
  return encoder;
}

Decoder make_decoder(const Context& context, const pith_allocator* allocator) {
  const Options& options = context.options;
  Decoder decoder(pith_decoder_new(allocator));
  if (decoder == nullptr) {
    context.messages.error("", pith_status_text(PITH_ERR_MEMORY));
    return nullptr;
  }
  const auto set = [&](pith_param param, uint64_t value) {
    const int status = pith_decoder_set(decoder.get(), param, value);
    if (status < 0) context.messages.error("", pith_status_text(status));
    return status >= 0;
  };
  const uint64_t limit = options.memlimit || options.adjust ? memory_goal(options) : 0;
  if (!set(PITH_PARAM_THREADS, wanted_threads(options)) || !set(PITH_PARAM_MEMLIMIT, limit) ||
      !set(PITH_PARAM_MAX_OUTPUT, options.max_output) ||
      !set(PITH_PARAM_IGNORE_TRAILING, options.ignore_trailing ? 1 : 0) ||
      pith_decoder_set_prior(decoder.get(), context.prior) < 0 ||
      pith_decoder_set_model(decoder.get(), context.models.chosen()) < 0) {
    return nullptr;
  }
  return decoder;
}

Reader make_reader(InputFile* input, const Context& context) {
  if (!input->is_regular()) {
    context.messages.error(input->name(), "is not a regular file, so its index cannot be read");
    return nullptr;
  }
  const pith_source source = input->source();
  int status = PITH_OK;
  pith_error error = {};
  Reader reader(pith_reader_open(&source, nullptr, &status, &error));
  if (reader == nullptr) {
    context.messages.error(input->name(), describe_damage(status, error, input->size() > 0));
    return nullptr;
  }
  pith_reader_set_prior(reader.get(), context.prior);
  pith_reader_set_model(reader.get(), context.models.chosen());
  status = pith_reader_set(reader.get(), PITH_PARAM_MEMLIMIT, context.options.memlimit.value_or(0));
  if (status >= 0) {
    status = pith_reader_set(reader.get(), PITH_PARAM_THREADS, wanted_threads(context.options));
  }
  if (status < 0) {
    context.messages.error(input->name(), pith_status_text(status));
    return nullptr;
  }
  return reader;
}

bool supply_model(const Context& context, pith_decoder* decoder) {
  pith_error error = {};
  pith_decoder_error(decoder, &error);
  const pith_model* model = context.models.with_id(error.needed);
  return model != nullptr && pith_decoder_set_model(decoder, model) >= 0;
}

bool supply_model(const Context& context, pith_reader* reader) {
  pith_error error = {};
  pith_reader_error(reader, &error);
  const pith_model* model = context.models.with_id(error.needed);
  return model != nullptr && pith_reader_set_model(reader, model) >= 0;
}

bool lift_memory_goal(const Options& options, pith_decoder* decoder) {
  return !options.memlimit && pith_decoder_set(decoder, PITH_PARAM_MEMLIMIT, 0) >= 0;
}

bool too_many_threads(const Context& context, const pith_decoder* decoder, const InputFile& input) {
  const Options& options = context.options;
  const uint64_t limit = options.memlimit.value_or(0);
  if (options.adjust || limit == 0) return false;
  const unsigned threads = wanted_threads(options);
  const uint64_t needed = pith_decoder_memory(decoder) * threads;
  if (needed <= limit) return false;
  context.messages.error(input.name(), exceeds(needed, threads, limit));
  return true;
}

}  // namespace pith::cli
