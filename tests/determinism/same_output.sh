#!/bin/sh
# Fails unless all programs print what the file says.
#
# usage: same_output.sh EXPECTED PROGRAM...
set -u
expected=$1
shift
status=0
for program; do
  if ! found=$("$program"); then
    echo "FAILED: $program"
    status=1
  elif [ "$found" != "$(cat "$expected")" ]; then
    echo "FAILED: $program prints other lines than $expected (<):"
    printf '%s\n' "$found" | diff "$expected" - | sed -n '1,20p'
    status=1
  fi
done
exit $status
