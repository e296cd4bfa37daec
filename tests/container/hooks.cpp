#include "hooks.h"

#include <cstdlib>
#include <cstring>

namespace pith::test {
namespace {

constexpr size_t kPrefix = alignof(std::max_align_t);  // holds the size

}  // namespace

Hooks::Hooks() : allocator_{&Hooks::alloc, &Hooks::release, this} {}

void Hooks::reset_counts() {
  allocations_ = 0;
  peak_ = in_use_.load();
}

void* Hooks::alloc(void* opaque, size_t size) {
  auto* self = static_cast<Hooks*>(opaque);
  if (self->allocations_++ == self->fail_at_) return nullptr;
  auto* base = static_cast<unsigned char*>(std::malloc(size + kPrefix));
  if (base == nullptr) return nullptr;
  std::memcpy(base, &size, sizeof size);
  const size_t now = self->in_use_ += size;
  size_t peak = self->peak_;
  while (peak < now && !self->peak_.compare_exchange_weak(peak, now)) {
  }
  return base + kPrefix;
}

void Hooks::release(void* opaque, void* address) {
  auto* self = static_cast<Hooks*>(opaque);
  auto* base = static_cast<unsigned char*>(address) - kPrefix;
  size_t size = 0;
  std::memcpy(&size, base, sizeof size);
  self->in_use_ -= size;
  std::free(base);
}

}  // namespace pith::test
