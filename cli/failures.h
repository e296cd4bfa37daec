// Errors of the library as sentences: what, where, and what to do.
#pragma once

#include <pith/pith.h>

#include <string>

namespace pith::cli {

// error may be of another status or empty; status decides.
[[nodiscard]] std::string describe_failure(int status, const pith_error& error);

// The same, with what else can be done when the data comes from a file that can be read again.
[[nodiscard]] std::string describe_damage(int status, const pith_error& error, bool recoverable);

}  // namespace pith::cli
