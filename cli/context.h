// What all actions of one run share.
#pragma once

#include <pith/pith.h>
#include <sys/types.h>

#include <set>
#include <utility>

#include "cli/messages.h"
#include "cli/models.h"
#include "cli/options.h"
#include "cli/progress.h"

namespace pith::cli {

struct Context {
  const Options& options;
  Messages& messages;
  Progress& progress;
  const pith_prior* prior;  // that -D names; null: none
  Models& models;
  // Files this run has written (device, inode): it does not replace its own work, even with -f.
  std::set<std::pair<dev_t, ino_t>> written;
};

}  // namespace pith::cli
