// Stops a benchmark whose calls fail: a wrong answer has no speed.
#pragma once

#include <pith/pith.h>

#include <cstdio>
#include <cstdlib>

namespace pith::micro {

// Ends the program unless status is PITH_OK or PITH_END.
inline void check(int status) {
  if (status >= 0) return;
  std::fprintf(stderr, "benchmark failed: %s\n", pith_status_name(status));
  std::abort();
}

}  // namespace pith::micro
