#!/usr/bin/env bash
# file(1) and the desktop's MIME database recognise what the program writes.
# usage: file_magic_test.sh INSTALL_DIR PITH
set -u
magic=$1/pith.magic
mime=$1/pith.xml
pith=$2
command -v file >/dev/null || exit 77
status=0
fail() { echo "FAILED: $*"; status=1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
"$pith" -2 -c "$magic" >sample.pith || fail "cannot compress"

got=$(file -b -m "$magic" sample.pith)
[ "$got" = 'pith compressed data, version 1, level 2' ] || fail "file says '$got'"
got=$(file -b --mime-type -m "$magic" sample.pith)
[ "$got" = 'application/x-pith' ] || fail "file's MIME type is '$got'"
# One byte off, as after a transfer in text mode, is not recognised.
sed 's/pith\r/pith/' sample.pith >damaged
! file -b -m "$magic" damaged | grep -q pith || fail "damaged magic is recognised"

if command -v update-mime-database >/dev/null; then
  mkdir -p mime/packages
  cp "$mime" mime/packages/
  update-mime-database mime 2>errors || fail "update-mime-database: $(cat errors)"
  grep -qF ':application/x-pith-compressed-tar:*.tpith' mime/globs2 || fail "*.tpith has no type"
  grep -qF ':application/x-pith:*.pith' mime/globs2 || fail "*.pith has no type"
fi
exit $status
