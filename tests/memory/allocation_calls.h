// Every call of the library that allocates, each as one function that frees what it was given.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pith::test {

struct Call {
  const char* name;
  std::function<int()> call;  // PITH_OK, or the error
  bool has_threads = false;
};

// What `work` returns, in a process of its own. What that writes to make_material()'s room is seen
// here.
using InNewProcess = std::function<long(const std::function<long()>&)>;

// Before calls_that_allocate(). room: for results, 2 MiB. Nothing of the library is called in this
// process.
void make_material(std::span<uint8_t> room, const InNewProcess& in_new_process);

[[nodiscard]] std::vector<Call> calls_that_allocate();

}  // namespace pith::test
