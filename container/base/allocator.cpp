#include "container/base/allocator.h"

#include <cstdlib>
#include <limits>

#if defined(__unix__) || defined(__APPLE__)
#define PITH_HAVE_POSIX_MEMALIGN 1
#endif
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace pith::container {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kHugePageThreshold = size_t{4} << 20;
constexpr size_t kHookAlignment = alignof(std::max_align_t);

size_t system_alignment(size_t bytes, size_t alignment) {
  return bytes >= kHugePageThreshold ? kHugePage
                                     : (alignment < sizeof(void*) ? sizeof(void*) : alignment);
}

void* system_allocate(size_t bytes, size_t alignment) {
  const size_t actual = system_alignment(bytes, alignment);
#if PITH_HAVE_POSIX_MEMALIGN
  void* address = nullptr;
  if (posix_memalign(&address, actual, bytes) != 0) return nullptr;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  // Advice only: a failure costs speed, not correctness.
  if (bytes >= kHugePageThreshold) (void)madvise(address, bytes, MADV_HUGEPAGE);
#endif
  return address;
#else
  return ::operator new (bytes, std::align_val_t{actual}, std::nothrow);
#endif
}

void system_free(void* address, [[maybe_unused]] size_t bytes, [[maybe_unused]] size_t alignment) {
#if PITH_HAVE_POSIX_MEMALIGN
  std::free(address);
#else
  ::operator delete (address, std::align_val_t{system_alignment(bytes, alignment)});
#endif
}

// Hooks promise alignment for any type only. For more, the block is enlarged, and the address the
// hook gave is kept in the bytes just before the aligned one.
void* hook_allocate(const pith_allocator& hooks, size_t bytes, size_t alignment) {
  if (alignment <= kHookAlignment) return hooks.alloc(hooks.opaque, bytes);
  const size_t extra = alignment + sizeof(void*);
  if (bytes > std::numeric_limits<size_t>::max() - extra) return nullptr;
  void* base = hooks.alloc(hooks.opaque, bytes + extra);
  if (base == nullptr) return nullptr;
  auto address = reinterpret_cast<uintptr_t>(base) + extra;
  address -= address % alignment;
  auto* aligned = reinterpret_cast<unsigned char*>(address);
  std::memcpy(aligned - sizeof(void*), &base, sizeof base);
  return aligned;
}

void hook_free(const pith_allocator& hooks, void* address, size_t alignment) {
  void* base = address;
  if (alignment > kHookAlignment) {
    std::memcpy(&base, static_cast<unsigned char*>(address) - sizeof(void*), sizeof base);
  }
  hooks.free(hooks.opaque, base);
}

}  // namespace

HookResource::HookResource(const pith_allocator* hooks) {
  if (hooks != nullptr) hooks_ = *hooks;
}

void* HookResource::do_allocate(size_t bytes, size_t alignment) {
  void* address = hooks_.alloc != nullptr ? hook_allocate(hooks_, bytes, alignment)
                                          : system_allocate(bytes, alignment);
  if (address == nullptr) throw std::bad_alloc();
  const size_t now = in_use_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  size_t peak = peak_.load(std::memory_order_relaxed);
  while (peak < now && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
  return address;
}

void HookResource::do_deallocate(void* address, size_t bytes, size_t alignment) {
  if (hooks_.alloc != nullptr) {
    hook_free(hooks_, address, alignment);
  } else {
    system_free(address, bytes, alignment);
  }
  in_use_.fetch_sub(bytes, std::memory_order_relaxed);
}

}  // namespace pith::container
