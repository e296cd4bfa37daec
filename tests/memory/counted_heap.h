// The whole heap of C++ in a test program, counted: operator new and delete are replaced.
#pragma once

#include <cstddef>

#include "pith/pith.h"

namespace pith::test {

// Bytes as asked for, of the whole process.
[[nodiscard]] size_t heap_in_use();
// Most bytes in use at once since the last call of start_heap_peak().
[[nodiscard]] size_t heap_peak();
void start_heap_peak();

// Hooks that take from the same heap, so that one count covers an object and what the library keeps
// beside it.
[[nodiscard]] const pith_allocator* heap_hooks();

}  // namespace pith::test
