// Chooses the classes of the two-level output.
#pragma once

#include <cstdint>
#include <span>

#include "model/network_config.h"
#include "model/vocab/vocabulary.h"

namespace pith::train {

// Cuts the vocabulary's tree of decisions into at most classes parts, always splitting the one that
// saves the average token most rows: its share of the tokens times its size, less the same of its
// halves. counts [vocabulary.size()]: how often each token occurs.
[[nodiscard]] model::ClassCut cut_classes(const model::Vocabulary& vocabulary,
                                          std::span<const uint64_t> counts, uint32_t classes);

// Rows of the class of an average token: what the second level costs.
[[nodiscard]] double average_class_rows(const model::ClassCut& cut,
                                        std::span<const uint64_t> counts);

}  // namespace pith::train
