#!/usr/bin/env bash
# Code compiled for an instruction set must not leak into code that runs on every processor.
#
# A function that several object files define (an inline function, a template) is a weak symbol, and the linker keeps
# any one copy. If that copy comes from a file compiled with -mavx512f, the whole program needs AVX-512. So an
# object whose name ends in the name of an instruction set may define weak symbols only in a namespace of that
# name: then no other object can share them.
#
# usage: kernel_symbols_test.sh NM OBJECT...
set -u
nm=$1
shift
status=0
checked=0
for object in "$@"; do
  [[ ${object##*/} =~ _(sse2|sse41|avx2|avx512|neon)\.cpp\.o(bj)?$ ]] || continue
  target=${BASH_REMATCH[1]}
  checked=$((checked + 1))
  # Types of weak symbols: V v W w, and u for unique ones. Undefined ones are another object's business. What belongs
  # to an entity in a namespace is mangled with the name's length before it: "4avx2".
  # DW.ref.*: a pointer for exception tables, no code.
  leaks=$("$nm" --defined-only "$object" |
    awk '$2 ~ /^[VvWwu]$/ && $3 !~ /^DW\.ref\./ { print $3 }' |
    grep -v "${#target}$target" | c++filt)
  if [ -n "$leaks" ]; then
    echo "FAILED: $object shares with other objects:"
    echo "$leaks"
    status=1
  fi
done
[ $checked -gt 0 ] || { echo "No object was compiled for an instruction set of its own."; exit 77; }
exit $status
