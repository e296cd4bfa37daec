#!/bin/sh
# Fails unless all programs print the same.
#
# usage: same_output.sh PROGRAM...
set -u
first=$1
expected=$("$first") || { echo "FAILED: $first"; exit 1; }
shift
status=0
for program; do
  if ! found=$("$program"); then
    echo "FAILED: $program"
    status=1
  elif [ "$found" != "$expected" ]; then
    echo "FAILED: $program differs from $first:"
    printf '%s\n' "$expected" "$found" | sort | uniq -u
    status=1
  fi
done
exit $status
