// Whole files in and out. Failures are std::runtime_error with the file's name.
#pragma once

#include <string>
#include <string_view>

namespace pith::gendoc {

[[nodiscard]] std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view text);

}  // namespace pith::gendoc
