// Memory of one public object: everything it allocates goes through its pith_allocator hooks.
//
// HookResource is a std::pmr::memory_resource, so pmr containers and big aligned buffers share one
// place that talks to the hooks and counts bytes. Allocation failure is std::bad_alloc inside the
// library; the C API turns it into PITH_ERR_MEMORY.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <new>
#include <span>

#include "pith/pith.h"

namespace pith::container {

// Thread-safe. Must outlive everything allocated from it.
class HookResource final : public std::pmr::memory_resource {
 public:
  // hooks may be null: then the system's memory, where buffers of 4 MiB and more are aligned to 2
  // MiB and advised to use huge pages (hash tables of a model miss the TLB on most accesses
  // otherwise).
  explicit HookResource(const pith_allocator* hooks);

  // What it was made from, null for the system's memory.
  [[nodiscard]] const pith_allocator* hooks() const {
    return hooks_.alloc != nullptr ? &hooks_ : nullptr;
  }
  // Bytes allocated and not yet freed, as asked for.
  [[nodiscard]] size_t bytes_in_use() const { return in_use_.load(std::memory_order_relaxed); }
  // Most bytes that were ever in use at once.
  [[nodiscard]] size_t peak_bytes() const { return peak_.load(std::memory_order_relaxed); }

 private:
  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void* address, size_t bytes, size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }

  pith_allocator hooks_{};
  std::atomic<size_t> in_use_{0};
  std::atomic<size_t> peak_{0};
};

// A byte buffer that is reused from block to block: it grows and never shrinks by itself. Aligned
// to 64 bytes.
class Buffer {
 public:
  explicit Buffer(std::pmr::memory_resource* resource) : resource_(resource) {}
  ~Buffer() { release(); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  [[nodiscard]] uint8_t* data() { return data_; }
  [[nodiscard]] const uint8_t* data() const { return data_; }
  [[nodiscard]] size_t capacity() const { return capacity_; }

  // The first `size` bytes, allocated if need be; content undefined. The old memory is freed first.
  std::span<uint8_t> discard_and_resize(size_t size) {
    if (size > capacity_) {
      release();
      data_ = static_cast<uint8_t*>(resource_->allocate(size, kAlignment));
      capacity_ = size;
    }
    return {data_, size};
  }

  // At least `capacity` bytes, of which the first `keep` stay as they are.
  void grow(size_t capacity, size_t keep) {
    if (capacity <= capacity_) return;
    auto* bigger = static_cast<uint8_t*>(resource_->allocate(capacity, kAlignment));
    if (keep != 0) std::memcpy(bigger, data_, keep);
    release();
    data_ = bigger;
    capacity_ = capacity;
  }

  void release() {
    if (data_ != nullptr) resource_->deallocate(data_, capacity_, kAlignment);
    data_ = nullptr;
    capacity_ = 0;
  }

 private:
  static constexpr size_t kAlignment = 64;

  std::pmr::memory_resource* resource_;
  uint8_t* data_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace pith::container
