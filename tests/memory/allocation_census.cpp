// Makes each allocation of each call of the library fail in turn, whoever asks for it: pith, zstd,
// the C++ library. Every time in a process in which the library has made nothing ready yet. The
// call must say PITH_ERR_MEMORY, or do without; and then work when called again, with nothing left
// allocated but what one call leaves that never failed.
//
//   allocation_census [MOST]    MOST: places tried a call, spread over all there are;
//                               8 by default, 0: all
//
// Each place fails alone, and once more with all that follow; of the places where aligned memory is
// asked for, as many fail once more. Exits with 0 if there was no failure.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "allocation_calls.h"
#include "failing_heap.h"
#include "pith/pith.h"

namespace {

using pith::test::Call;
using pith::test::Failing;

constexpr size_t kRoom = 2 << 20;  // bytes
constexpr long kDied = -1000;

// Seen by this process and by those it makes.
struct Shared {
  long result;
  size_t places;  // allocations of a call
  long left;      // pieces that it leaves allocated
  uint8_t room[kRoom];
};

Shared* shared = nullptr;

long in_new_process(const std::function<long()>& work) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    shared->result = work();
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) return kDied;
  return shared->result;
}

// How a call goes when nothing fails: its places, of those that count, and what it leaves.
long measure(const Call& call, Failing which) {
  const long before = pith::test::allocations_alive();
  pith::test::fail_allocation(SIZE_MAX, which);
  const int status = call.call();
  shared->places = pith::test::allocations_counted();
  shared->left = pith::test::allocations_alive() - before;
  return status;
}

enum Verdict : long { kRight, kWrongStatus, kFailsAgain, kLeaks };

Verdict try_place(const Call& call, size_t place, Failing which) {
  const long before = pith::test::allocations_alive();
  pith::test::fail_allocation(place, which);
  const int status = call.call();
  pith::test::fail_no_allocation();
  if (status != PITH_OK && status != PITH_ERR_MEMORY) return kWrongStatus;
  if (call.call() != PITH_OK) return kFailsAgain;
  // What the C library keeps of threads that have ended is its own affair.
  const bool same = pith::test::allocations_alive() - before == shared->left;
  return same || call.has_threads ? kRight : kLeaks;
}

const char* text_of(long verdict) {
  switch (verdict) {
    case kWrongStatus:
      return "wrong status";
    case kFailsAgain:
      return "fails when called again";
    case kLeaks:
      return "leaks";
    default:
      return "the process died";
  }
}

const char* name_of(Failing which) {
  switch (which) {
    case Failing::kOne:
      return "allocation";
    case Failing::kAllFrom:
      return "allocation and all after";
    default:
      return "aligned allocation";
  }
}

}  // namespace

int main(int argc, char** argv) {
  const size_t most = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 8;
  void* const memory =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return EXIT_FAILURE;
  shared = static_cast<Shared*>(memory);
  pith::test::make_material(shared->room, in_new_process);
  size_t cases = 0;
  size_t failures = 0;
  for (const Call& call : pith::test::calls_that_allocate()) {
    for (const Failing which : {Failing::kOne, Failing::kAllFrom, Failing::kAligned}) {
      if (in_new_process([&] { return measure(call, which); }) != PITH_OK) {
        std::printf("FAILED: %s fails without a fault\n", call.name);
        ++failures;
        break;
      }
      const size_t places = shared->places;
      const size_t tried = most == 0 ? places : std::min(most, places);
      const size_t failed_before = failures;
      for (size_t i = 0; i < tried; ++i) {
        const size_t place = i * places / tried;
        ++cases;
        const long verdict = in_new_process([&] { return try_place(call, place, which); });
        if (verdict == kRight) continue;
        ++failures;
        std::printf("FAILED: %s, %s %zu: %s\n", call.name, name_of(which), place, text_of(verdict));
      }
      std::printf("%-20s %-26s %6zu places, %6zu tried, %3zu failures\n", call.name, name_of(which),
                  places, tried, failures - failed_before);
    }
  }
  std::printf("allocations: %zu cases, %zu failures\n", cases, failures);
  return cases > 0 && failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
