// A prior file of any bytes: refused, or a prior that text is coded with and comes back.
#include <cstdint>
#include <memory>

#include "fuzz/coder.h"
#include "fuzz/prior_mutator.h"
#include "tests/reader/archive.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;

namespace {

void round_trip(const pith_prior* prior, int level, const Bytes& raw) {
  Bytes coded(pith_bound(raw.size()) + 1024);
  pith_in in = {raw.data(), raw.size(), 0};
  pith_out out = {coded.data(), coded.size(), 0};
  pith_encoder* encoder = pith_encoder_new(nullptr);
  pith_encoder_set(encoder, PITH_PARAM_LEVEL, static_cast<uint64_t>(level));
  pith_encoder_set_prior(encoder, prior);
  pith_encoder_set_model(encoder, pith::fuzz::own_model());
  require(pith_encoder_run(encoder, &out, &in, PITH_FINISH) == PITH_END, "any prior can be used");
  pith_encoder_free(encoder);

  Bytes again(raw.size());
  pith_in coded_in = {coded.data(), out.pos, 0};
  pith_out raw_out = {again.data(), again.size(), 0};
  pith_decoder* decoder = pith_decoder_new(nullptr);
  pith_decoder_set_prior(decoder, prior);
  pith_decoder_set_model(decoder, pith::fuzz::own_model());
  require(pith_decoder_run(decoder, &raw_out, &coded_in, PITH_FINISH) == PITH_END && again == raw,
          "what was coded with a prior comes back");
  pith_decoder_free(decoder);
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return pith::fuzz::mutate_prior(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Bytes text = pith::test::words(250, 1);
  int status = PITH_OK;
  const std::unique_ptr<pith_prior, decltype(&pith_prior_free)> prior(
      pith_prior_new(data, size, nullptr, &status, nullptr), pith_prior_free);
  require((prior != nullptr) == (status == PITH_OK), "a prior, or why there is none");
  if (prior == nullptr) return 0;
  require(pith_prior_id(prior.get()) != 0, "a prior has a name");
  round_trip(prior.get(), 1 + data[size - 1] % 5, text);
  return 0;
}
