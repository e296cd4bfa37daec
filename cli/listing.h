// What -l knows of a compressed file.
#pragma once

#include <pith/pith.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"

namespace pith::cli {

struct Listing {
  std::string name;
  uint64_t raw = 0;    // bytes
  uint64_t coded = 0;  // bytes
  uint64_t blocks = 0;
  std::vector<pith_info> frames;
  std::vector<pith_block_info> block_list;  // only where asked for
};

// Nothing after a report.
[[nodiscard]] std::optional<Listing> read_listing(const std::string& path, bool with_blocks,
                                                  Context* context);

[[nodiscard]] const char* method_name(int method);
[[nodiscard]] const char* kind_name(int kind);

// The check that covers all data of a frame.
inline constexpr const char* kCheckName = "XXH3-128";

}  // namespace pith::cli
