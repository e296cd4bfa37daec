// --train: makes a prior from sample files.
#pragma once

#include "cli/context.h"

namespace pith::cli {

void run_train(Context* context);

}  // namespace pith::cli
