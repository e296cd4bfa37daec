// Owner, group, mode and times of a file for its successor.
#pragma once

#include <sys/stat.h>

#include <string>

#include "cli/messages.h"

namespace pith::cli {

// Gives fd the attributes in source: never set-id or sticky bits, and no permission for a group
// that could not be set. Reports what fails, as notes.
void copy_attributes(int fd, const struct stat& source, const std::string& name,
                     Messages* messages);

// Gives fd the mode that a new file has by the umask.
void set_default_mode(int fd, const std::string& name, Messages* messages);

}  // namespace pith::cli
