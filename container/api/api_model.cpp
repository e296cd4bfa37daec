// C API: models of the user's own.
#include "container/api/api_model.h"

#include "container/api/api_object.h"
#include "container/methods/networks.h"

using pith::container::Status;

pith_model* pith_model_new(const void* data, size_t size, const pith_allocator* allocator,
                           int* status, pith_error* error) {
  Status result = Status::error(PITH_ERR_PARAM, "no data to read a model from");
  pith_model* model = nullptr;
  if (data != nullptr) {
    model = pith::container::create_object<pith_model>(allocator);
    result =
        model == nullptr ? Status::error(PITH_ERR_MEMORY, nullptr) : pith::container::guarded([&] {
          return pith::container::read_network({static_cast<const uint8_t*>(data), size},
                                               &model->network);
        });
  }
  if (status != nullptr) *status = result.code;
  pith::container::export_error(result, error);
  if (result.ok()) return model;
  pith_model_free(model);
  return nullptr;
}

void pith_model_free(pith_model* model) { pith::container::destroy_object(model); }

uint64_t pith_model_id(const pith_model* model) {
  return model != nullptr ? model->network->id() : 0;
}
