#!/bin/bash
# The program on every file of tests/corrupt: status 0 for the good ones, 1 for all others; what goes to a stream before
# the error is as much as the file's README line says.
#
# usage: corrupt_files.sh MAKE_CORRUPT_FILES    in an empty directory, with pith in PATH
files=0
failures=0
"$1" . || exit 1
while IFS=$'\t' read -r name status size _; do
  expected=1
  [ "$status" != PITH_END ] || expected=0
  for mode in -t -dc "-dc -T3"; do
    files=$((files + 1))
    read -ra options <<<"$mode"
    pith "${options[@]}" -qq "$name" >out
    found="$? $(stat -c %s out)"
    [ "$mode" = -t ] && [ "$found" = "$expected 0" ] && continue
    [ "$mode" != -t ] && [ "$found" = "$expected $size" ] && continue
    echo "FAILED: pith $mode $name: status and size $found"
    failures=$((failures + 1))
  done
done <README
echo "corrupt: $files cases, $failures failures"
[ $files -gt 0 ] && [ $failures -eq 0 ]
