#!/bin/sh
# Runs one case and compares what it prints and its exit status with the files beside it.
#
#   run_case.sh PROGRAM CASE.sh            compare
#   run_case.sh --accept PROGRAM CASE.sh   write the expected files anew (look at the difference!)
#
# CASE.out and CASE.err: expected output; no file: nothing. CASE.status: expected status; no file: 0.
# A case runs in an empty directory of its own, with the program first in PATH, without input, and exits with
# 77 if this machine cannot run it (CTest then counts it as skipped).
accept=false
if [ "$1" = --accept ]; then
  accept=true
  shift
fi
program=$1
case=$2
tests=$(cd "$(dirname "$0")" && pwd)
base=${case%.sh}
case $base in /*) ;; *) base=$(pwd)/$base ;; esac

scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$scratch"; rm -rf "$scratch"' EXIT
mkdir "$scratch/work"

PATH=$(cd "$(dirname "$program")" && pwd):$PATH
TESTS=$tests
LC_ALL=C
export PATH TESTS LC_ALL
unset PITH_LEVEL PITH_THREADS PITH_MEMLIMIT NO_COLOR
umask 022

(cd "$scratch/work" && exec sh -c '. "$TESTS/lib.sh"; . "$0"' "$base.sh") \
  </dev/null >"$scratch/out" 2>"$scratch/err"
status=$?
[ $status -eq 77 ] && { cat "$scratch/err"; exit 77; }
echo $status >"$scratch/status"

failed=0
check() { # NAME DEFAULT
  expected=$base.$1
  if $accept; then
    if printf '%s' "$2" | cmp -s - "$scratch/$1"; then rm -f "$expected"; else cp "$scratch/$1" "$expected"; fi
    return
  fi
  if [ ! -e "$expected" ]; then
    printf '%s' "$2" >"$scratch/default"
    expected=$scratch/default
  fi
  if ! diff -u "$expected" "$scratch/$1" >"$scratch/diff"; then
    echo "$1 differs (- expected, + found):"
    cat "$scratch/diff"
    failed=1
  fi
}
check out ''
check err ''
check status '0
'
exit $failed
