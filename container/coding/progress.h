// The progress callback of an object, and the promise that its counts only grow.
#pragma once

#include <algorithm>
#include <cstdint>

#include "container/base/status.h"

namespace pith::container {

class Progress {
 public:
  void set(pith_progress_fn fn, void* opaque) {
    fn_ = fn;
    opaque_ = opaque;
  }
  [[nodiscard]] bool wanted() const { return fn_ != nullptr; }
  void reset() { info_ = {}; }

  // Calls the callback on this thread. PITH_ERR_CANCELLED if it asks to stop.
  Status report(uint64_t raw_bytes, uint64_t coded_bytes) {
    if (fn_ == nullptr) return {};
    info_.raw_bytes = std::max(info_.raw_bytes, raw_bytes);
    info_.coded_bytes = std::max(info_.coded_bytes, coded_bytes);
    PITH_CHECK(fn_(opaque_, &info_) == 0, PITH_ERR_CANCELLED, "stopped by the progress callback");
    return {};
  }

 private:
  pith_progress_fn fn_ = nullptr;
  void* opaque_ = nullptr;
  pith_progress_info info_{};
};

}  // namespace pith::container
