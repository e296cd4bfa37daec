#include "fuzz/coder.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>

#include "container/priors/prior.h"
#include "tests/neural/small_model.h"
#include "tests/reader/archive.h"

namespace pith::fuzz {
namespace {

using EncoderPtr = std::unique_ptr<pith_encoder, decltype(&pith_encoder_free)>;
using DecoderPtr = std::unique_ptr<pith_decoder, decltype(&pith_decoder_free)>;

// Sizes of the buffers handed in, call by call.
class Cuts {
 public:
  explicit Cuts(uint64_t seed) : whole_(seed == 0), random_(seed) {}
  size_t next() {
    if (whole_) return SIZE_MAX;
    const uint64_t random = random_();
    return (random >> 8) % ((random & 3) == 0 ? 600 : 20);
  }

 private:
  bool whole_;
  std::mt19937_64 random_;
};

// Calls run(out, in, op) until the end or an error. Buffers are no larger than what they are to
// hold, so that a sanitizer sees what goes beyond.
template <class Run>
int drive(View data, Cuts cuts, size_t flush_every, Bytes* bytes, Run run) {
  size_t given = 0;
  int empty_calls = 0;
  for (;;) {
    size_t size = std::min(cuts.next(), data.size() - given);
    if (flush_every != 0) size = std::min(size, flush_every - given % flush_every);
    const Bytes piece(data.begin() + static_cast<ptrdiff_t>(given),
                      data.begin() + static_cast<ptrdiff_t>(given + size));
    Bytes room(std::min<size_t>(cuts.next(), 2 * kOutputLimit));
    pith_in in = {piece.data(), piece.size(), 0};
    pith_out out = {room.data(), room.size(), 0};
    const bool last = given + size == data.size();
    const bool flush = flush_every != 0 && (given + size) % flush_every == 0;
    const int status = run(&out, &in, last ? PITH_FINISH : flush ? PITH_FLUSH : PITH_RUN);
    bytes->insert(bytes->end(), room.begin(), room.begin() + static_cast<ptrdiff_t>(out.pos));
    given += in.pos;
    const bool stuck = in.pos == 0 && out.pos == 0;
    empty_calls = stuck ? empty_calls + 1 : 0;
    require(empty_calls < 1000, "a coder goes on when it has input and room");
    if (status != PITH_OK && status != PITH_ERR_NO_PROGRESS) return status;
  }
}

// A table of no sense and starting values of every size there is.
std::vector<uint16_t> words_of(size_t level, size_t kind) {
  std::vector<uint16_t> words(ngram::start_words(ngram::kLevels[level]));
  for (size_t i = 0; i < words.size(); ++i) {
    words[i] = static_cast<uint16_t>(i / 64 + 1000 * level + 7 * kind);
  }
  return words;
}

}  // namespace

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "Does not hold: %s\n", what);
  std::abort();
}

Bytes own_prior_file() {
  ngram::PackedPrior packed;
  packed.codes.resize(ngram::PriorTable::kCodes);
  for (size_t i = 0; i < packed.codes.size(); ++i) {
    packed.codes[i] = {static_cast<uint8_t>(i), 200, 100};
  }
  packed.lines.resize(8 * ngram::PriorTable::kLineSize);
  for (size_t i = 0; i < packed.lines.size(); ++i) packed.lines[i] = static_cast<uint8_t>(i * 37);
  container::PriorStarts starts;
  for (size_t level = 0; level < ngram::kNgramLevels; ++level) {
    for (size_t kind = 0; kind < container::kPriorKinds; ++kind) {
      starts[level][kind] = words_of(level, kind);
    }
  }
  return container::serialise_prior(packed, starts);
}

Bytes own_model_file() { return test::small_model_file(1); }

const pith_prior* own_prior() {
  static const Bytes file = own_prior_file();
  static const std::unique_ptr<pith_prior, decltype(&pith_prior_free)> prior(
      pith_prior_new(file.data(), file.size(), nullptr, nullptr, nullptr), pith_prior_free);
  require(prior != nullptr, "the prior of the targets is one");
  return prior.get();
}

const pith_model* own_model() {
  static const Bytes file = own_model_file();
  static const std::unique_ptr<pith_model, decltype(&pith_model_free)> model(
      pith_model_new(file.data(), file.size(), nullptr, nullptr, nullptr), pith_model_free);
  require(model != nullptr, "the model of the targets is one");
  return model.get();
}

Bytes encode(View raw, const EncodeSettings& settings, size_t flush_every) {
  const EncoderPtr encoder(pith_encoder_new(nullptr), pith_encoder_free);
  const auto set = [&](pith_param param, uint64_t value) {
    require(pith_encoder_set(encoder.get(), param, value) == PITH_OK, "parameters are taken");
  };
  set(PITH_PARAM_LEVEL, static_cast<uint64_t>(settings.level));
  set(PITH_PARAM_BLOCK_SIZE, settings.block_size);
  set(PITH_PARAM_THREADS, settings.threads);
  set(PITH_PARAM_VERIFY, settings.verify ? 1 : 0);
  set(PITH_PARAM_BUILT_IN_PRIORS, settings.with_built_in_priors ? 1 : 0);
  pith_encoder_set_model(encoder.get(), own_model());
  if (settings.with_own_prior) pith_encoder_set_prior(encoder.get(), own_prior());
  Bytes coded;
  const int status =
      drive(raw, Cuts(settings.cuts), flush_every, &coded, [&](auto* out, auto* in, pith_op op) {
        return pith_encoder_run(encoder.get(), out, in, op);
      });
  require(status == PITH_END, "any bytes can be encoded");
  return coded;
}

Decoded decode(View coded, const DecodeSettings& settings) {
  test::CountedMemory memory;
  const pith_allocator hooks = memory.hooks();
  Decoded result;
  {
    const DecoderPtr decoder(pith_decoder_new(&hooks), pith_decoder_free);
    const auto set = [&](pith_param param, uint64_t value) {
      require(pith_decoder_set(decoder.get(), param, value) == PITH_OK, "parameters are taken");
    };
    set(PITH_PARAM_MEMLIMIT, settings.memory_limit);
    set(PITH_PARAM_MAX_OUTPUT, settings.output_limit);
    set(PITH_PARAM_THREADS, settings.threads);
    set(PITH_PARAM_IGNORE_TRAILING, settings.ignore_trailing ? 1 : 0);
    pith_decoder_set_model(decoder.get(), own_model());
    pith_decoder_set_prior(decoder.get(), own_prior());
    result.status =
        drive(coded, Cuts(settings.cuts), 0, &result.bytes, [&](auto* out, auto* in, pith_op op) {
          return pith_decoder_run(decoder.get(), out, in, op);
        });
    pith_decoder_error(decoder.get(), &result.error);
  }
  require(memory.in_use == 0, "a decoder gives its memory back");
  result.peak = memory.largest;
  return result;
}

pith_source source_of(const View* data) {
  const auto pread = [](void* opaque, void* dst, size_t size, uint64_t offset) -> int64_t {
    const View& bytes = *static_cast<const View*>(opaque);
    if (offset >= bytes.size()) return 0;
    const size_t n = std::min<size_t>(size, bytes.size() - static_cast<size_t>(offset));
    std::memcpy(dst, bytes.data() + offset, n);
    return static_cast<int64_t>(n);
  };
  return {pread, const_cast<View*>(data), data->size()};
}

}  // namespace pith::fuzz
