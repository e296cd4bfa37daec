// The priors that are part of the program, and which of them suits a block.
#pragma once

#include <cstdint>
#include <span>

#include "container/format/format.h"
#include "container/priors/prior.h"
#include "ngram/content_kind.h"

namespace pith::container {

// number: 1..kBuiltInPriors. Lives as long as the program.
[[nodiscard]] const Prior& built_in_prior(uint8_t number);

// What users call it, "prose" or another word, by its id; null if it is not one of these.
[[nodiscard]] const char* built_in_prior_name(uint64_t id);

// The number of the prior by which the block seems cheapest, 0 if none serves its kind. Looks at
// samples of 4 KB in all. Depends on the bytes alone.
[[nodiscard]] uint8_t choose_built_in_prior(ngram::ContentKind kind, std::span<const uint8_t> raw);

}  // namespace pith::container
