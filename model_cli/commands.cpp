#include "model_cli/commands.h"

namespace pith::model_cli {

void add_commands(CLI::App* app) {
  add_vocab(app);
#ifdef PITH_HAS_TRAINER
  add_train(app);
  add_eval(app);
  add_export(app);
#endif
  add_check(app);
  add_info(app);
  add_start(app);
  add_network_start(app);
}

}  // namespace pith::model_cli
