// The subcommands of pith-model. Each is added to the parser by one function, in the file of its
// name.
//
// The function registers options and a callback that does the work while the command line is
// parsed. A callback ends normally or throws: Failure (files.h) for what concerns a file, any other
// std::exception with a text for the rest.
#pragma once

namespace CLI {
class App;
}

namespace pith::model_cli {

// All of them, in the order of the help.
void add_commands(CLI::App* app);

void add_check(CLI::App* app);
void add_eval(CLI::App* app);    // only where there is a trainer
void add_export(CLI::App* app);  // the same
void add_info(CLI::App* app);
void add_network_start(CLI::App* app);
void add_start(CLI::App* app);
void add_train(CLI::App* app);  // the same
void add_vocab(CLI::App* app);

}  // namespace pith::model_cli
