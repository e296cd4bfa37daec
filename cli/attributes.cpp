#include "cli/attributes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace pith::cli {
namespace {

constexpr mode_t kPermissions = S_IRWXU | S_IRWXG | S_IRWXO;

void report(const std::string& name, std::string_view what, Messages* messages) {
  messages->note(name, fmt::format("cannot set the {}: {}", what, std::strerror(errno)));
}

}  // namespace

void copy_attributes(int fd, const struct stat& source, const std::string& name,
                     Messages* messages) {
  // Only root may give files away, so that anybody else need not hear that it failed.
  const bool privileged = geteuid() == 0;
  if (fchown(fd, source.st_uid, static_cast<gid_t>(-1)) != 0 && privileged) {
    report(name, "owner", messages);
  }
  mode_t mode = source.st_mode & kPermissions;
  if (fchown(fd, static_cast<uid_t>(-1), source.st_gid) != 0) {
    report(name, "group", messages);
    // The group is now another one, which may do no more than others, and no more than the old one.
    const mode_t common = ((mode & S_IRWXG) >> 3) & (mode & S_IRWXO);
    mode = (mode & S_IRWXU) | (common << 3) | common;
  }
  // After the owner, because changing that may clear bits; before the times, which anything may
  // change.
  if (fchmod(fd, mode) != 0) report(name, "mode", messages);
  const std::array<timespec, 2> times = {source.st_atim, source.st_mtim};
  if (futimens(fd, times.data()) != 0) report(name, "times", messages);
}

void set_default_mode(int fd, const std::string& name, Messages* messages) {
  const mode_t mask = umask(0);
  umask(mask);
  constexpr mode_t kReadWrite = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
  if (fchmod(fd, kReadWrite & ~mask) != 0) report(name, "mode", messages);
}

}  // namespace pith::cli
