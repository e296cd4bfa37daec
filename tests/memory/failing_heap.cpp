#include "failing_heap.h"

#include <atomic>
#include <cerrno>
#include <cstdint>

// What glibc calls its own, whoever replaces the names.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* address, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* address);
}
// NOLINTEND(readability-identifier-naming)

namespace {

constexpr size_t kNever = SIZE_MAX;

std::atomic<size_t> first_failing{kNever};
std::atomic<size_t> last_failing{kNever};
std::atomic<bool> aligned_only{false};
std::atomic<size_t> counted{0};
std::atomic<long> alive{0};

bool fails(bool aligned) {
  if (aligned_only && !aligned) return false;
  const size_t number = counted++;
  return number >= first_failing && number <= last_failing;
}

void* counted_piece(void* address) {
  if (address != nullptr) ++alive;
  return address;
}

void* no_memory() {
  errno = ENOMEM;
  return nullptr;
}

}  // namespace

// Seen from outside, whatever the compiler is told of visibility: other libraries would else keep
// to the heap of glibc.
#pragma GCC visibility push(default)
extern "C" {

void* malloc(size_t size) {
  return fails(false) ? no_memory() : counted_piece(__libc_malloc(size));
}

void* calloc(size_t count, size_t size) {
  return fails(false) ? no_memory() : counted_piece(__libc_calloc(count, size));
}

void* realloc(void* address, size_t size) {
  if (fails(false)) return no_memory();
  void* const moved = __libc_realloc(address, size);
  if (address == nullptr) return counted_piece(moved);
  if (moved == nullptr && size == 0) --alive;
  return moved;
}

void* memalign(size_t alignment, size_t size) {
  return fails(true) ? no_memory() : counted_piece(__libc_memalign(alignment, size));
}

void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void** address, size_t alignment, size_t size) {
  void* const piece = memalign(alignment, size);
  if (piece == nullptr) return ENOMEM;
  *address = piece;
  return 0;
}

void free(void* address) {
  if (address != nullptr) --alive;
  __libc_free(address);
}

}  // extern "C"
#pragma GCC visibility pop

namespace pith::test {

void fail_allocation(size_t number, Failing which) {
  counted = 0;
  aligned_only = which == Failing::kAligned;
  last_failing = which == Failing::kAllFrom ? kNever : number;
  first_failing = number;
}

void fail_no_allocation() { first_failing = kNever; }

size_t allocations_counted() { return counted; }
long allocations_alive() { return alive; }

}  // namespace pith::test
