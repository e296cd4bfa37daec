// The networks that are at hand: the one that is part of the program.
#pragma once

#include <cstdint>

#include "container/status.h"
#include "model/language_model.h"

namespace pith::container {

// What names it in frames, and to users.
inline constexpr uint64_t kSmallNetwork = 0x44a7342a4c11065a;
inline constexpr const char* kSmallNetworkName = "small";

// The network of levels 5 to 9, made ready when first asked for, and kept while the program runs.
// PITH_ERR_INTERNAL where the processor does not compute what the network's definition says (its
// self-test). Throws std::bad_alloc. Any thread may call it.
Status built_in_network(const model::LanguageModel** network);

// Whether a frame that names this network (0: none) can be decoded here; *network: the one it
// names, null for none. PITH_ERR_MODEL.
Status find_network(uint64_t id, const model::LanguageModel** network);

}  // namespace pith::container
