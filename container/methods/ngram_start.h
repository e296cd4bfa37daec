// What the n-gram predictor of a block knows before its first byte.
#pragma once

#include "container/methods/ngram_method.h"
#include "ngram/start_tables.h"

namespace pith::container {

// level: index.
[[gnu::always_inline]] inline ngram::Start start_of(const NgramConfig& config, size_t level) {
  return config.prior != nullptr ? config.prior->start(level, config.kind)
                                 : ngram::start_table(level, config.kind);
}
[[gnu::always_inline]] inline const ngram::PriorTable* table_of(const NgramConfig& config) {
  return config.prior != nullptr ? &config.prior->table() : nullptr;
}

}  // namespace pith::container
