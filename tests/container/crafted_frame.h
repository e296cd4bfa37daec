// Frames made field by field, so that a test can make any of them lie under right checks.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "container/format/format.h"
#include "stream.h"

namespace pith::test {

// Stored blocks under a true header and index, unless a hook changes them before they are written.
struct CraftedFrame {
  std::vector<Bytes> blocks;
  std::function<void(container::FrameHeader*)> change_header = [](auto*) {};
  std::function<void(size_t number, container::BlockHeader*)> change_block = [](size_t, auto*) {};
  std::function<void(size_t number, container::IndexEntry*)> change_entry = [](size_t, auto*) {};
  std::function<void(size_t* header_size, container::Hash128*)> change_footer = [](auto*, auto*) {};

  [[nodiscard]] Bytes bytes() const;
  [[nodiscard]] Bytes raw() const;
};

// A copy of frame with the byte at `at` set and the check that ends at `check_end` recomputed over
// [begin, check_end - 4).
Bytes with_byte(Bytes frame, size_t at, uint8_t value, size_t begin, size_t check_end);

}  // namespace pith::test
