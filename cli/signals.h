// Signals: clean up and die of the same signal, or report progress (SIGUSR1).
#pragma once

namespace pith::cli {

// Installs the handlers. Signals that were ignored when pith was started stay ignored.
void install_signal_handlers();

// From here on a fatal signal removes directory_fd/name before the process dies. One file at a
// time. The handler may run on any thread at any moment, so the order is: register, create the
// file, ..., rename or remove it, unregister. directory_fd must stay open in between.
void register_temporary_file(int directory_fd, const char* name);
void unregister_temporary_file();

// True once after each SIGUSR1 (or several).
[[nodiscard]] bool take_status_request();

}  // namespace pith::cli
