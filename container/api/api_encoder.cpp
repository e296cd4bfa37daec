// C API: streaming encoder.
#include <algorithm>

#include "container/api/api_model.h"
#include "container/api/api_object.h"
#include "container/api/api_prior.h"
#include "container/coding/encoder.h"

using pith::container::CallState;
using pith::container::Encoder;
using pith::container::HookResource;
using pith::container::Status;

struct pith_encoder {
  explicit pith_encoder(const pith_allocator* allocator)
      : resource(allocator), encoder(&resource) {}

  HookResource resource;
  CallState calls;
  Encoder encoder;
};

pith_encoder* pith_encoder_new(const pith_allocator* allocator) {
  return pith::container::create_object<pith_encoder>(allocator);
}

void pith_encoder_free(pith_encoder* enc) { pith::container::destroy_object(enc); }

int pith_encoder_reset(pith_encoder* enc) {
  if (enc == nullptr) return PITH_ERR_PARAM;
  enc->calls.reset();
  return enc->calls.keep(pith::container::guarded([&] {
                           enc->encoder.reset();
                           return Status{};
                         }),
                         true);
}

int pith_encoder_set(pith_encoder* enc, pith_param param, uint64_t value) {
  if (enc == nullptr) return PITH_ERR_PARAM;
  if (enc->calls.failed()) return PITH_ERR_STATE;
  return enc->calls.keep(enc->encoder.set(param, value), false);
}

int pith_encoder_set_prior(pith_encoder* enc, const pith_prior* prior) {
  if (enc == nullptr) return PITH_ERR_PARAM;
  if (enc->calls.failed()) return PITH_ERR_STATE;
  return enc->calls.keep(enc->encoder.set_prior(pith::container::prior_of(prior)), false);
}

int pith_encoder_set_model(pith_encoder* enc, const pith_model* model) {
  if (enc == nullptr) return PITH_ERR_PARAM;
  if (enc->calls.failed()) return PITH_ERR_STATE;
  return enc->calls.keep(enc->encoder.set_network(pith::container::network_of(model)), false);
}

int pith_encoder_progress(pith_encoder* enc, pith_progress_fn fn, void* opaque) {
  if (enc == nullptr) return PITH_ERR_PARAM;
  enc->encoder.set_progress(fn, opaque);
  return PITH_OK;
}

int pith_encoder_run(pith_encoder* enc, pith_out* out, pith_in* in, pith_op op) {
  if (enc == nullptr) return PITH_ERR_PARAM;
  const bool op_valid = op == PITH_RUN || op == PITH_FLUSH || op == PITH_FINISH;
  return enc->calls.run(out, in, op_valid, /*goes_on=*/false,
                        [&](bool* ended) { return enc->encoder.run(out, in, op, ended); });
}

void pith_encoder_error(const pith_encoder* enc, pith_error* error) {
  pith::container::export_error(
      enc != nullptr ? enc->calls.error() : Status::error(PITH_ERR_PARAM, nullptr), error);
}

uint64_t pith_encoder_memory(const pith_encoder* enc, unsigned threads) {
  return enc != nullptr ? enc->encoder.parameters().memory(std::max(threads, 1u)) : 0;
}
