// -l: what is in compressed files, from their indexes.
#pragma once

#include "cli/context.h"

namespace pith::cli {

void run_list(Context* context);

}  // namespace pith::cli
