// Which kernels run, decided at run time.
#include <array>
#include <atomic>
#include <cstring>

#include "model/engine/engine.h"
#include "model/engine/kernels.h"

namespace pith::model {
namespace {

// Worst first.
constexpr std::array kAllKernels = {
    &kScalarKernels,
#if defined(__x86_64__)
    &kAvx2Kernels,
    &kAvx512Kernels,
#elif defined(__aarch64__)
    &kNeonKernels,
    &kNeonDotKernels,
#endif
};

struct Runnable {
  std::array<const Kernels*, kAllKernels.size()> kernels{};
  std::array<const char*, kAllKernels.size()> names{};
  size_t count = 0;

  Runnable() {
    for (const Kernels* candidate : kAllKernels) {
      if (!candidate->supported()) continue;
      kernels[count] = candidate;
      names[count++] = candidate->name;
    }
  }
};

const Runnable& runnable() {
  static const Runnable found;
  return found;
}

std::atomic<const Kernels*> forced{nullptr};  // by a test

}  // namespace

std::span<const Kernels* const> runnable_kernels() {
  return {runnable().kernels.data(), runnable().count};
}

const Kernels& kernels() {
  const Kernels* const chosen = forced.load(std::memory_order_relaxed);
  return chosen != nullptr ? *chosen : *runnable_kernels().back();
}

const char* engine_kernel_name() { return kernels().name; }

bool engine_waits_for_weights() { return kernels().waits_for_weights; }

std::span<const char* const> engine_kernel_names() {
  return {runnable().names.data(), runnable().count};
}

bool engine_force_kernel(const char* name) {
  for (const Kernels* candidate : runnable_kernels()) {
    if (std::strcmp(candidate->name, name) != 0) continue;
    forced = candidate;
    return true;
  }
  return false;
}

}  // namespace pith::model
