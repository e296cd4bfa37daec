#include "container/base/status.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>

namespace pith::container {

void export_error(const Status& status, pith_error* error) {
  if (error == nullptr) return;
  *error = {};
  error->status = status.code;
  error->sys_errno = status.sys_errno;
  error->block = status.block;
  error->offset = status.offset;
  if (status.code == PITH_ERR_MEMLIMIT || status.code == PITH_ERR_OUTPUT_LIMIT ||
      status.code == PITH_ERR_DST_TOO_SMALL) {
    error->needed = status.needed;
  }
  if (status.code == PITH_ERR_PRIOR && status.needed != 0) {
    error->needed = status.needed;
    if (status.given != 0) {
      std::snprintf(error->text, sizeof error->text,
                    "made with the prior %016" PRIx64 ", not with %016" PRIx64, status.needed,
                    status.given);
    } else {
      std::snprintf(error->text, sizeof error->text,
                    "made with the prior %016" PRIx64 ", and none was given", status.needed);
    }
    return;
  }
  if (status.code == PITH_ERR_MODEL && status.needed != 0) {
    error->needed = status.needed;
    if (status.given != 0) {
      std::snprintf(error->text, sizeof error->text,
                    "made with the model %016" PRIx64 ", not with %016" PRIx64, status.needed,
                    status.given);
    } else {
      std::snprintf(error->text, sizeof error->text,
                    "made with the model %016" PRIx64 ", which is not built in, and none was given",
                    status.needed);
    }
    return;
  }
  const char* text = status.text != nullptr ? status.text : pith_status_text(status.code);
  std::strncpy(error->text, text, sizeof error->text - 1);
}

}  // namespace pith::container
