#include "counted_heap.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

constexpr size_t kLeastAlignment = alignof(std::max_align_t);

std::atomic<size_t> in_use{0};
std::atomic<size_t> peak{0};

size_t prefix_of(size_t alignment) {
  return alignment < kLeastAlignment ? kLeastAlignment : alignment;
}

// Null if there is no memory. The size stands right before the address.
void* take(size_t size, size_t alignment) noexcept {
  const size_t prefix = prefix_of(alignment);
  const size_t whole = (prefix + size + prefix - 1) / prefix * prefix;
  auto* base = static_cast<uint8_t*>(std::aligned_alloc(prefix, whole));
  if (base == nullptr) return nullptr;
  uint8_t* const address = base + prefix;
  std::memcpy(address - sizeof size, &size, sizeof size);
  const size_t now = in_use += size;
  size_t most = peak;
  while (most < now && !peak.compare_exchange_weak(most, now)) {
  }
  return address;
}

void give(void* address, size_t alignment) noexcept {
  if (address == nullptr) return;
  size_t size = 0;
  std::memcpy(&size, static_cast<uint8_t*>(address) - sizeof size, sizeof size);
  in_use -= size;
  std::free(static_cast<uint8_t*>(address) - prefix_of(alignment));
}

void* take_or_throw(size_t size, size_t alignment) {
  void* const address = take(size, alignment);
  if (address == nullptr) throw std::bad_alloc();
  return address;
}

}  // namespace

void* operator new(size_t size) { return take_or_throw(size, kLeastAlignment); }
void* operator new(size_t size, std::align_val_t alignment) {
  return take_or_throw(size, static_cast<size_t>(alignment));
}
void operator delete(void* address) noexcept { give(address, kLeastAlignment); }
void operator delete(void* address, size_t) noexcept { give(address, kLeastAlignment); }
void operator delete(void* address, std::align_val_t alignment) noexcept {
  give(address, static_cast<size_t>(alignment));
}
void operator delete(void* address, size_t, std::align_val_t alignment) noexcept {
  give(address, static_cast<size_t>(alignment));
}

namespace pith::test {

size_t heap_in_use() { return in_use; }
size_t heap_peak() { return peak; }
void start_heap_peak() { peak = in_use.load(); }

const pith_allocator* heap_hooks() {
  static const pith_allocator hooks = {
      [](void*, size_t size) { return take(size, kLeastAlignment); },
      [](void*, void* address) { give(address, kLeastAlignment); }, nullptr};
  return &hooks;
}

}  // namespace pith::test
