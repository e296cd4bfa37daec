// Which strings may become tokens of more than one byte.
#pragma once

#include <cstdint>
#include <span>

namespace pith::model {

// A token is one of
//
//   spaces and tabs
//   line ends, then spaces and tabs
//   a space or nothing, then other bytes, then line ends or nothing
//
// and has no zero byte, no CR and no more than three digits in a row. So words do not run into each
// other or into the next line, and long numbers are cut evenly. docs/vocabulary.md has what each of
// these rules costs or gains.
[[nodiscard]] bool may_be_token(std::span<const uint8_t> bytes);

}  // namespace pith::model
