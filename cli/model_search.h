// Where model files are looked for: by the name that --model gives, or by the id in a frame.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pith::cli {

// The user's own directory, then the one beside the program's other data. The first is left out
// where the system knows no home of the user; environment variables have no say.
[[nodiscard]] std::vector<std::string> model_directories();

// Path of NAME.pithmodel in the first of the directories that has it; empty if none does.
[[nodiscard]] std::string find_model_by_name(std::span<const std::string> directories,
                                             std::string_view name);

// Path of the first model file that ends with this id, directories in their order and the files of
// each by name; empty if there is none. Only those eight bytes are read: it may yet be damaged.
[[nodiscard]] std::string find_model_by_id(std::span<const std::string> directories, uint64_t id);

}  // namespace pith::cli
