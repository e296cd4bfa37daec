#include "container/status.h"

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
  const char* text = status.text != nullptr ? status.text : pith_status_text(status.code);
  std::strncpy(error->text, text, sizeof error->text - 1);
}

}  // namespace pith::container
