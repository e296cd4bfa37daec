// What is wrong with a file of the model side, and where.
#pragma once

#include <cstdint>

namespace pith::model {

// Cheap to copy: text is a string literal, or null if nothing is wrong.
struct [[nodiscard]] FileError {
  const char* text = nullptr;
  uint64_t offset = 0;  // in the file, bytes

  [[nodiscard]] bool ok() const { return text == nullptr; }
};

}  // namespace pith::model
