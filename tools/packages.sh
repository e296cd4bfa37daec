# shellcheck shell=bash
# Sourced by tools/try and tools/check: installs Debian/Ubuntu packages that are missing.
#
#   need_packages NAME...
#
# Touches neither the network nor sudo when everything is there. On other systems it only says what it would
# have installed, and the build tells what is really missing.

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

need_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "Not a Debian or Ubuntu system; the equivalents of these packages are needed: $*" >&2
    return 0
  fi
  local missing=() name
  for name in "$@"; do
    is_installed "$name" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=(env DEBIAN_FRONTEND=noninteractive)
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing, and there is no sudo to install them with: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo "${as_root[@]}")
  fi
  echo "Installing ${missing[*]}" >&2
  local install=("${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}")
  # Package lists may be fresh, old or absent: when the first try fails, refresh them and try again.
  "${install[@]}" >/dev/null 2>&1 </dev/null && return 0
  "${as_root[@]}" apt-get update -qq >&2 </dev/null || true
  "${install[@]}" >/dev/null </dev/null
}

# foreign_package ARCHITECTURE NAME DIRECTORY: unpacks the distribution's package for another architecture into a folder.
# Installs nothing. False if there is none.
foreign_package() {
  local state=$3/apt packages
  mkdir -p "$state/lists/partial" "$state/archives/partial" || return 1
  printf '%s\n' "APT::Architectures { \"$(dpkg --print-architecture)\"; \"$1\"; };" "Dir::State::lists \"$state/lists\";" \
    "Dir::Cache \"$state\";" >"$state/conf"
  # Some lists may fail where others have the package.
  (export APT_CONFIG=$state/conf; cd "$state/archives" && { apt-get -qq update; apt-get -qq download "$2:$1"; }) >/dev/null 2>&1
  packages=("$state/archives/$2"_*.deb)
  [ -f "${packages[0]}" ] && dpkg-deb -x "${packages[0]}" "$3"
}

# What a build of the program and the library takes.
BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libzstd-dev libxxhash-dev libcli11-dev libfmt-dev)
