// Work that is done when it is first asked for, whichever thread asks, and never again.
//
// As std::call_once, but for work that throws: there the exception passes through the C library,
// which needs memory for that and ends the program if there is none. It is std::bad_alloc that has
// to pass.
#pragma once

#include <atomic>
#include <mutex>

namespace pith::codec {

class Once {
 public:
  // Other threads wait until the work is done. If it throws, the next one to ask does it again.
  template <class Work>
  void run(Work work) {
    if (done_.load(std::memory_order_acquire)) return;
    const std::lock_guard lock(mutex_);
    if (done_.load(std::memory_order_relaxed)) return;
    work();
    done_.store(true, std::memory_order_release);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> done_{false};
};

}  // namespace pith::codec
