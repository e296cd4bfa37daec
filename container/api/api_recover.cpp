// C API: recovery.
#include "container/api/api_model.h"
#include "container/api/api_object.h"
#include "container/api/api_prior.h"
#include "container/recover/recover.h"

using pith::container::HookResource;
using pith::container::SourceReader;
using pith::container::Status;

int pith_recover(const pith_source* source, const pith_recover_sink* sink, const pith_prior* prior,
                 const pith_model* model, const pith_allocator* allocator, uint64_t memlimit,
                 pith_error* error) {
  Status status;
  if (source == nullptr || source->pread == nullptr) {
    status = Status::error(PITH_ERR_PARAM, "no source to read from");
  } else if (sink == nullptr || sink->on_data == nullptr || sink->on_lost == nullptr) {
    status = Status::error(PITH_ERR_PARAM, "no sink for what is found and lost");
  } else {
    status = pith::container::guarded([&] {
      HookResource resource(allocator);
      const pith::container::FrameModels given = {pith::container::prior_of(prior),
                                                  pith::container::network_of(model)};
      return pith::container::recover(SourceReader(*source), *sink, given, memlimit, &resource);
    });
  }
  pith::container::export_error(status, error);
  return status.code;
}
