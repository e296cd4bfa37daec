#include "container/methods/ngram_method.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "container/methods/ngram_kernel.h"
#include "ngram/layout.h"

namespace pith::container {
namespace {

// Worst first.
constexpr std::array kKernels = {
    &kNgramScalar,
#if defined(__x86_64__)
    &kNgramAvx2,
    &kNgramAvx512,
#elif defined(__aarch64__)
    &kNgramNeon,
#endif
};

struct Runnable {
  std::array<const NgramKernel*, kKernels.size()> kernel{};
  std::array<const char*, kKernels.size()> name{};
  size_t count = 0;

  Runnable() {
    for (const NgramKernel* k : kKernels) {
      if (!k->supported()) continue;
      kernel[count] = k;
      name[count++] = k->name;
    }
  }
};

const Runnable& runnable() {
  static const Runnable found;
  return found;
}

std::atomic<const NgramKernel*> forced_kernel{nullptr};  // by a test

size_t level_index(int level) {
  return static_cast<size_t>(std::clamp(level, 1, static_cast<int>(ngram::kNgramLevels)) - 1);
}

}  // namespace

const NgramKernel& ngram_kernel() {
  const NgramKernel* forced = forced_kernel.load(std::memory_order_relaxed);
  return forced != nullptr ? *forced : *runnable().kernel[runnable().count - 1];
}

size_t ngram_memory(const NgramConfig& config) {
  return ngram::layout(ngram::kLevels[level_index(config.level)], config.raw_size).total;
}

size_t ngram_encode(const NgramConfig& config, std::span<const uint8_t> raw,
                    std::span<uint8_t> coded, std::span<uint8_t> memory, BlockControl* control) {
  if (coded.empty()) return 0;
  return ngram_kernel().encode[level_index(config.level)](config, raw.data(), coded.data(),
                                                          coded.size(), memory.data(), control);
}

bool ngram_decode(const NgramConfig& config, std::span<const uint8_t> coded, std::span<uint8_t> raw,
                  std::span<uint8_t> memory, BlockControl* control) {
  return ngram_kernel().decode[level_index(config.level)](config, coded.data(), coded.size(),
                                                          raw.data(), memory.data(), control);
}

const char* ngram_kernel_name() { return ngram_kernel().name; }

std::span<const char* const> ngram_kernel_names() {
  return {runnable().name.data(), runnable().count};
}

bool ngram_force_kernel(const char* name) {
  for (size_t i = 0; i < runnable().count; ++i) {
    if (std::strcmp(runnable().name[i], name) == 0) {
      forced_kernel = runnable().kernel[i];
      return true;
    }
  }
  return false;
}

}  // namespace pith::container
