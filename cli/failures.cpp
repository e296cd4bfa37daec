#include "cli/failures.h"

#include <fmt/format.h>

#include <cstring>

#include "cli/models.h"
#include "cli/sizes.h"

namespace pith::cli {
namespace {

bool is_damage(int status) {
  return status == PITH_ERR_CORRUPT || status == PITH_ERR_CHECKSUM || status == PITH_ERR_TRUNCATED;
}

std::string advice(int status) {
  switch (status) {
    case PITH_ERR_MEMORY:
      return "use fewer threads (-T) or free some memory";
    case PITH_ERR_VERSION:
      return "a newer pith may read it";
    case PITH_ERR_MODEL:
      return missing_model_advice();
    case PITH_ERR_PRIOR:
      return "-D names the right one";
    case PITH_ERR_TRAILING:
      return "--ignore-trailing accepts it";
    case PITH_ERR_OUTPUT_LIMIT:
      return "--max-output sets the limit";
    case PITH_ERR_VERIFY:
      return "the memory or processor of this machine may be faulty, or pith has a defect; please "
             "report it";
    case PITH_ERR_INTERNAL:
      return "please report it";
    default:
      return {};
  }
}

std::string memory_advice(uint64_t needed) {
  if (needed == 0) return "raise -M or use -T1";
  constexpr uint64_t kMiB = 1024 * 1024;
  return fmt::format("{} are needed: use -M {}M or more, or fewer threads (-T1)",
                     format_size(needed), (needed + kMiB - 1) / kMiB);
}

}  // namespace

std::string describe_failure(int status, const pith_error& error) {
  const bool same = error.status == status;
  std::string text;
  if (same && error.block != PITH_UNKNOWN_POSITION) text += fmt::format("block {}, ", error.block);
  if (same && error.offset != PITH_UNKNOWN_POSITION) {
    text += fmt::format("offset {}: ", error.offset);
  } else if (!text.empty()) {
    text.replace(text.size() - 2, 2, ": ");
  }
  text += same && error.text[0] != '\0' ? error.text : pith_status_text(status);
  if (same && error.sys_errno != 0) text += fmt::format(": {}", std::strerror(error.sys_errno));
  const std::string todo =
      status == PITH_ERR_MEMLIMIT ? memory_advice(same ? error.needed : 0) : advice(status);
  if (!todo.empty()) text += "; " + todo;
  return text;
}

std::string describe_damage(int status, const pith_error& error, bool recoverable) {
  std::string text = describe_failure(status, error);
  if (recoverable && is_damage(status)) text += "; -d --recover extracts the undamaged blocks";
  return text;
}

}  // namespace pith::cli
