// Text for standard output, written and checked.
#pragma once

#include <string_view>

#include "cli/messages.h"

namespace pith::cli {

// Reports what fails.
void print_standard_output(std::string_view text, Messages* messages);

// At the end of the program: some file systems report write errors only now.
void close_standard_output(Messages* messages);

// Gives descriptors 0 to 2 to nothing where they are closed, so that no file that is opened later
// gets one of them and messages or data written to it.
void occupy_standard_streams();

}  // namespace pith::cli
