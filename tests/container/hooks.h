// Allocator hooks that count, remember the peak, and fail where a test says.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "pith/pith.h"

namespace pith::test {

class Hooks {
 public:
  Hooks();
  [[nodiscard]] const pith_allocator* get() const { return &allocator_; }
  void fail_at(int64_t allocation) { fail_at_ = allocation; }  // from 0; -1: never
  [[nodiscard]] int64_t allocations() const { return allocations_; }
  [[nodiscard]] size_t peak() const { return peak_; }      // bytes in use at once
  [[nodiscard]] size_t in_use() const { return in_use_; }  // bytes
  void reset_counts();

 private:
  static void* alloc(void* opaque, size_t size);
  static void release(void* opaque, void* address);

  pith_allocator allocator_;
  std::atomic<int64_t> allocations_{0};
  std::atomic<int64_t> fail_at_{-1};
  std::atomic<size_t> in_use_{0};
  std::atomic<size_t> peak_{0};
};

}  // namespace pith::test
