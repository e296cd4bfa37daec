// Prints a hash of the coded bytes of many generated texts, one line a text, and checks that they
// decode.
//
//   coded_hash [SIZE]    SIZE: bytes a text, 1500 by default
//
// Built with other flags, another compiler or for another processor, it must print the same lines.
// It needs the codec, the predictor and the generator of texts alone, and is linked with the
// kernels every build has.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "block_memory.h"
#include "container/ngram_kernel.h"
#include "corpora/generate.h"
#include "ngram/layout.h"

namespace pith {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr const container::NgramKernel* kKernels[] = {
    &container::kNgramScalar,
#if defined(__aarch64__)
    &container::kNgramNeon,
#endif
};

uint64_t fnv1a(const Bytes& bytes) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3u;
  return hash;
}

// The bytes that all kernels make of raw; empty if they disagree or if one cannot decode them.
Bytes coded_by_all(const container::NgramConfig& config, const Bytes& raw) {
  const auto level = static_cast<size_t>(config.level - 1);
  test::BlockMemory memory(ngram::layout(ngram::kLevels[level], config.raw_size).total);
  Bytes first;
  for (const container::NgramKernel* kernel : kKernels) {
    Bytes coded(raw.size() + raw.size() / 8 + 64);
    coded.resize(kernel->encode[level](config, raw.data(), coded.data(), coded.size(),
                                       memory.data(), nullptr));
    Bytes back(raw.size());
    const bool whole = kernel->decode[level](config, coded.data(), coded.size(), back.data(),
                                             memory.data(), nullptr);
    if (first.empty()) first = coded;
    if (!whole || back != raw || coded != first) return {};
  }
  return first;
}

bool report(std::string_view name, const Bytes& raw, int level, int kind) {
  const Bytes coded = coded_by_all({.level = level,
                                    .kind = static_cast<ngram::ContentKind>(kind),
                                    .raw_size = static_cast<uint32_t>(raw.size())},
                                   raw);
  std::printf("%-14.*s level %d kind %d: %7zu -> %7zu %016llx\n", static_cast<int>(name.size()),
              name.data(), level, kind, raw.size(), coded.size(),
              static_cast<unsigned long long>(fnv1a(coded)));
  return !coded.empty();
}

}  // namespace
}  // namespace pith

int main(int argc, char** argv) {
  const size_t size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1500;
  bool good = size > 0;
  // Every kind of text at one level and kind of content, and a longer one at all of them.
  int turn = 0;
  for (const pith::corpus::Kind& kind : pith::corpus::kinds()) {
    good &= pith::report(kind.name, pith::corpus::generate(kind, size, 1), 1 + turn % 4, turn % 3);
    ++turn;
  }
  const std::vector<uint8_t> archive = pith::corpus::generate("archive", 10 * size, 1);
  for (int level = 1; level <= 4; ++level) {
    for (int kind = 0; kind < 3; ++kind) good &= pith::report("archive", archive, level, kind);
  }
  if (!good) std::fputs("coded_hash: kernels disagree, or do not decode what they coded\n", stderr);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
