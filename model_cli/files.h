// Whole files in and out, and what is said when that fails.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/file_error.h"

namespace pith::model_cli {

// "FILE: what is wrong", and where in it that is.
class Failure : public std::runtime_error {
 public:
  Failure(const std::string& file, const std::string& text);
  Failure(const std::string& file, const model::FileError& error);  // names the offset
};

// Bytes of a regular file. Throws Failure, also for what is none.
[[nodiscard]] size_t file_size(const std::string& path);

// The whole file. Throws Failure.
[[nodiscard]] std::vector<uint8_t> read_file(const std::string& path);

// Replaces the file by one with this content, in one step: after a crash or on a full disk there is
// the old file or the whole new one. Throws Failure.
void write_file(const std::string& path, std::span<const uint8_t> content);

}  // namespace pith::model_cli
