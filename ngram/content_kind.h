// What a block's bytes look like; chooses the contexts of the ensemble that models it.
#pragma once

#include <cstdint>

namespace pith::ngram {

// Values are part of the format (docs/format.md section 3) and of the public header (PITH_KIND_*).
enum class ContentKind : uint8_t {
  kText = 0,            // natural language, source code, markup: words and lines
  kStructured = 1,      // logs, tables, JSON, CSV: text whose fields repeat by column or line
  kBinary = 2,          // everything else that may be modelled: records, executables, images
  kIncompressible = 3,  // random, encrypted or compressed already
};

}  // namespace pith::ngram
