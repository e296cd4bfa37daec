// C API: streaming decoder.
#include "container/api/api_model.h"
#include "container/api/api_object.h"
#include "container/api/api_prior.h"
#include "container/coding/decoder.h"
#include "container/coding/frame_info.h"
#include "container/coding/levels.h"

using pith::container::CallState;
using pith::container::Decoder;
using pith::container::FrameHeader;
using pith::container::HookResource;
using pith::container::Status;

struct pith_decoder {
  explicit pith_decoder(const pith_allocator* allocator)
      : resource(allocator), decoder(&resource) {}

  HookResource resource;
  CallState calls;
  Decoder decoder;
};

pith_decoder* pith_decoder_new(const pith_allocator* allocator) {
  return pith::container::create_object<pith_decoder>(allocator);
}

void pith_decoder_free(pith_decoder* dec) { pith::container::destroy_object(dec); }

int pith_decoder_reset(pith_decoder* dec) {
  if (dec == nullptr) return PITH_ERR_PARAM;
  dec->calls.reset();
  return dec->calls.keep(pith::container::guarded([&] {
                           dec->decoder.reset();
                           return Status{};
                         }),
                         true);
}

int pith_decoder_set(pith_decoder* dec, pith_param param, uint64_t value) {
  if (dec == nullptr) return PITH_ERR_PARAM;
  if (dec->calls.failed()) return PITH_ERR_STATE;
  return dec->calls.keep(dec->decoder.set(param, value), false);
}

int pith_decoder_set_prior(pith_decoder* dec, const pith_prior* prior) {
  if (dec == nullptr) return PITH_ERR_PARAM;
  if (dec->calls.failed()) return PITH_ERR_STATE;
  return dec->calls.keep(dec->decoder.set_prior(pith::container::prior_of(prior)), false);
}

int pith_decoder_set_model(pith_decoder* dec, const pith_model* model) {
  if (dec == nullptr) return PITH_ERR_PARAM;
  if (dec->calls.failed()) return PITH_ERR_STATE;
  return dec->calls.keep(dec->decoder.set_network(pith::container::network_of(model)), false);
}

int pith_decoder_progress(pith_decoder* dec, pith_progress_fn fn, void* opaque) {
  if (dec == nullptr) return PITH_ERR_PARAM;
  dec->decoder.set_progress(fn, opaque);
  return PITH_OK;
}

int pith_decoder_run(pith_decoder* dec, pith_out* out, pith_in* in, pith_op op) {
  if (dec == nullptr) return PITH_ERR_PARAM;
  const bool op_valid = op == PITH_RUN || op == PITH_FINISH;
  return dec->calls.run(out, in, op_valid, /*goes_on=*/true,
                        [&](bool* ended) { return dec->decoder.run(out, in, op, ended); });
}

void pith_decoder_error(const pith_decoder* dec, pith_error* error) {
  pith::container::export_error(
      dec != nullptr ? dec->calls.error() : Status::error(PITH_ERR_PARAM, nullptr), error);
}

uint64_t pith_decoder_memory(const pith_decoder* dec) {
  if (dec == nullptr) return 0;
  if (const FrameHeader* header = dec->decoder.frame_header()) return header->memory_bytes();
  return pith::container::default_decode_memory_max();
}

int pith_decoder_info(const pith_decoder* dec, pith_info* info) {
  if (dec == nullptr || info == nullptr) return PITH_ERR_PARAM;
  const FrameHeader* header = dec->decoder.frame_header();
  if (header == nullptr) return PITH_ERR_STATE;
  *info = pith::container::frame_info(*header);
  return PITH_OK;
}
