#include "container/priors/built_in_priors.h"

#include <array>
#include <cstdlib>
#include <memory>

#include "codec/embedded_file.h"
#include "ngram/prior/choice.h"

// Read in place.
PITH_EMBED(pith_prior_prose, PITH_PRIORS_DIR "/prose.prior");
PITH_EMBED(pith_prior_wiki, PITH_PRIORS_DIR "/wiki.prior");
PITH_EMBED(pith_prior_code, PITH_PRIORS_DIR "/code.prior");

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

const char* built_in_prior_name(uint64_t id) {
  static constexpr std::array<const char*, kBuiltInPriors> kNames = {"prose", "wiki", "code"};
  for (uint8_t number = 1; number <= kBuiltInPriors; ++number) {
    if (built_in_prior(number).id() == id) return kNames[number - 1u];
  }
  return nullptr;
}

uint8_t choose_built_in_prior(ngram::ContentKind kind, std::span<const uint8_t> raw) {
  uint8_t best = 0;
  uint64_t least = UINT64_MAX;
  for (uint8_t number = 1; number <= kBuiltInPriors; ++number) {
    const Prior& prior = built_in_prior(number);
    if (!prior.serves(kind)) continue;
    const uint64_t cost = ngram::estimated_cost(prior.table(), raw, least);
    if (cost >= least) continue;
    least = cost;
    best = number;
  }
  return best;
}

}  // namespace pith::container
