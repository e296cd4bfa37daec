// The whole heap of a program, of all its libraries, made to fail where a test says. Replaces
// malloc() and its family, so it is for programs without sanitizers and for glibc.
#pragma once

#include <cstddef>

namespace pith::test {

// The allocation that fails, counted from 0 from this call on: it alone, or also all that follow,
// or it alone where only those of aligned memory count. They are few, and what asks for them has to
// look itself whether it got any.
enum class Failing { kOne, kAllFrom, kAligned };
void fail_allocation(size_t number, Failing which);
void fail_no_allocation();

// Allocations asked for since fail_allocation().
[[nodiscard]] size_t allocations_counted();
// Pieces allocated and not yet freed.
[[nodiscard]] long allocations_alive();

}  // namespace pith::test
