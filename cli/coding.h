// The work itself: one input through the coder to one output.
#pragma once

#include <pith/pith.h>

#include <cstdint>
#include <vector>

#include "cli/context.h"
#include "cli/input_file.h"
#include "cli/output.h"

namespace pith::cli {

struct Counts {
  uint64_t raw = 0;               // uncompressed bytes
  uint64_t coded = 0;             // compressed bytes
  std::vector<pith_lost> lost{};  // what recovery had to leave out
};

// All return false after a report. The output is not finished.

[[nodiscard]] bool compress(InputFile* input, Output* output, Context* context, Counts* counts);

// With pass_through, data that does not begin like pith's is copied as it is.
[[nodiscard]] bool decompress(InputFile* input, Output* output, bool pass_through, Context* context,
                              Counts* counts);

// Decodes what is in fd (the coded bytes of counts) and compares it with source, or, where source
// cannot be read twice, checks its checksums and its length.
[[nodiscard]] bool verify(const InputFile& source, int fd, const Counts& counts, Context* context);

// Writes all undamaged blocks; lists what is lost and makes that a warning.
[[nodiscard]] bool recover(InputFile* input, Output* output, Context* context, Counts* counts);

// Writes the range of the options.
[[nodiscard]] bool extract_range(InputFile* input, Output* output, Context* context,
                                 Counts* counts);

}  // namespace pith::cli
