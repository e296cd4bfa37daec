#include "cli/signals.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

namespace pith::cli {
namespace {

constexpr std::array kFatalSignals = {SIGHUP, SIGINT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ};

// A handler can reach nothing but globals.
struct TemporaryFile {
  std::atomic<bool> active{false};
  int directory_fd = -1;
  std::array<char, NAME_MAX + 1> name{};
};
TemporaryFile temporary_file;
std::atomic<bool> status_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_fatal_signal(int signal_number) {
  if (temporary_file.active.load(std::memory_order_acquire)) {
    unlinkat(temporary_file.directory_fd, temporary_file.name.data(), 0);
  }
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  sigaction(signal_number, &action, nullptr);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  raise(signal_number);  // so that the parent sees what ended us
}

extern "C" void on_status_request(int /*signal_number*/) { status_requested.store(true); }

}  // namespace

void install_signal_handlers() {
  for (const int signal_number : kFatalSignals) {
    struct sigaction old = {};
    if (sigaction(signal_number, nullptr, &old) != 0 || old.sa_handler == SIG_IGN) continue;
    struct sigaction action = {};
    action.sa_handler = on_fatal_signal;
    sigfillset(&action.sa_mask);
    sigaction(signal_number, &action, nullptr);
  }
  struct sigaction action = {};
  action.sa_handler = on_status_request;  // no SA_RESTART: a waiting read() or write() must wake up
  sigemptyset(&action.sa_mask);
  sigaction(SIGUSR1, &action, nullptr);
}

void register_temporary_file(int directory_fd, const char* name) {
  temporary_file.active.store(false);
  temporary_file.directory_fd = directory_fd;
  std::strncpy(temporary_file.name.data(), name, temporary_file.name.size() - 1);
  temporary_file.active.store(true, std::memory_order_release);
}

void unregister_temporary_file() { temporary_file.active.store(false); }

bool take_status_request() { return status_requested.exchange(false); }

}  // namespace pith::cli
