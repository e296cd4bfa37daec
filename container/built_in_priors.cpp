#include "container/built_in_priors.h"

#include <array>
#include <cstdlib>
#include <memory>

#include "ngram/prior/choice.h"

// priors/*.prior, put here by the assembler. They are read in place.
#if defined(__APPLE__)
#define PITH_SYMBOL(name) "_" name
#define PITH_SECTION ".const_data"
#define PITH_HIDDEN ".private_extern "
#else
#define PITH_SYMBOL(name) name
#define PITH_SECTION ".section .rodata"
#define PITH_HIDDEN ".hidden "
#endif
// clang-format off
#define PITH_EMBED(name)                                                              \
  extern "C" const unsigned char pith_prior_##name[];                                 \
  extern "C" const unsigned char pith_prior_##name##_end[];                           \
  asm(PITH_SECTION "\n"                                                               \
      ".globl " PITH_SYMBOL("pith_prior_" #name) "\n"                                 \
      PITH_HIDDEN PITH_SYMBOL("pith_prior_" #name) "\n"                               \
      ".globl " PITH_SYMBOL("pith_prior_" #name "_end") "\n"                          \
      PITH_HIDDEN PITH_SYMBOL("pith_prior_" #name "_end") "\n"                        \
      ".balign 64\n" PITH_SYMBOL("pith_prior_" #name) ":\n"                           \
      ".incbin \"" PITH_PRIORS_DIR "/" #name ".prior\"\n"                             \
      PITH_SYMBOL("pith_prior_" #name "_end") ":\n"                                   \
      ".text\n")
// clang-format on
PITH_EMBED(prose);
PITH_EMBED(wiki);
PITH_EMBED(code);

namespace pith::container {
namespace {

// [number - 1]
using Priors = std::array<std::unique_ptr<Prior>, kBuiltInPriors>;

Priors map_all() {
  const std::array<std::span<const uint8_t>, kBuiltInPriors> files = {{
      {pith_prior_prose, pith_prior_prose_end},
      {pith_prior_wiki, pith_prior_wiki_end},
      {pith_prior_code, pith_prior_code_end},
  }};
  Priors priors;
  for (size_t i = 0; i < files.size(); ++i) {
    if (!Prior::map(files[i], &priors[i]).ok()) std::abort();  // not the files this was built for
  }
  return priors;
}

const Priors& priors() {
  static const Priors mapped = map_all();
  return mapped;
}

}  // namespace

const Prior& built_in_prior(uint8_t number) { return *priors()[number - 1u]; }

uint8_t choose_built_in_prior(ngram::ContentKind kind, std::span<const uint8_t> raw) {
  uint8_t best = 0;
  uint64_t least = UINT64_MAX;
  for (uint8_t number = 1; number <= kBuiltInPriors; ++number) {
    const Prior& prior = built_in_prior(number);
    if (!prior.serves(kind)) continue;
    const uint64_t cost = ngram::estimated_cost(prior.table(), raw);
    if (cost >= least) continue;
    least = cost;
    best = number;
  }
  return best;
}

}  // namespace pith::container
