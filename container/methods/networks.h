// The networks that are at hand: the one that is part of the program, and the user's own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "container/base/status.h"
#include "model/language_model.h"

namespace pith::container {

// What names it in frames, and to users.
inline constexpr uint64_t kSmallNetwork = 0x44a7342a4c11065a;
inline constexpr const char* kSmallNetworkName = "small";

// The network of levels 5 to 9, made ready when first asked for, and kept while the program runs.
// PITH_ERR_INTERNAL where the processor does not compute what the network's definition says (its
// self-test). Throws std::bad_alloc. Any thread may call it.
Status built_in_network(const model::LanguageModel** network);

// Reads a model file of unknown origin, which must outlive the network: weights stay where they lie
// in it. PITH_ERR_FORMAT: not a model, or one that works in more memory than headers have room for
// (docs/format.md section 7); PITH_ERR_VERSION: of another version; PITH_ERR_CORRUPT: damaged or
// cut short; PITH_ERR_INTERNAL as above. Throws std::bad_alloc.
Status read_network(std::span<const uint8_t> file,
                    std::unique_ptr<const model::LanguageModel>* network);

// Whether a frame that names this network (0: none) can be decoded here, with the one given (null:
// none) or the built-in one; *network: the one it names, null for none. PITH_ERR_MODEL.
Status find_network(uint64_t id, const model::LanguageModel* given,
                    const model::LanguageModel** network);

}  // namespace pith::container
