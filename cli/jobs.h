// Compressing, decompressing and testing: one job for each input.
#pragma once

#include "cli/context.h"

namespace pith::cli {

void run_jobs(Context* context);

}  // namespace pith::cli
