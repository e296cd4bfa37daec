// Tells which prior suits a text, without coding it.
#pragma once

#include <cstdint>
#include <span>

#include "ngram/prior/prior_table.h"

namespace pith::ngram {

// About how many bits, in 1/256, samples of the text cost by what the table alone says: the shares
// of orders four, three and two in turn. For comparing tables; raw is looked at in 16 places, 4 KB
// in all. A cost of enough or more is not told exactly.
[[nodiscard]] uint64_t estimated_cost(const PriorTable& table, std::span<const uint8_t> raw,
                                      uint64_t enough);

}  // namespace pith::ngram
