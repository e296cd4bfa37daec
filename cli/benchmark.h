// -b: measures levels on files.
#pragma once

#include "cli/context.h"

namespace pith::cli {

void run_benchmark(Context* context);

}  // namespace pith::cli
