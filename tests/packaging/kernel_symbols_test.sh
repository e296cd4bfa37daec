#!/usr/bin/env bash
# Code compiled for an instruction set must not leak into code that runs on every processor.
#
# A function that several object files define (an inline function, a template) is a weak symbol, and the linker keeps
# any one copy. If that copy comes from a file compiled with -mavx512f, the whole program needs AVX-512. So an
# object whose name ends in the name of an instruction set may define weak functions only if a namespace or type in
# their name begins with it too (avx2::, Avx2Kernels): then no other object can share them.
#
# usage: kernel_symbols_test.sh NM OBJECT...
set -u
nm=$1
shift
status=0
checked=0
for object in "$@"; do
  [[ ${object##*/} =~ _(sse2|sse41|avx2|avx512|neon|neon_dot)\.cpp\.o(bj)?$ ]] || continue
  target=${BASH_REMATCH[1]}
  checked=$((checked + 1))
  symbols=$("$nm" --defined-only "$object") || {
    echo "FAILED: cannot read $object"
    status=1
    continue
  }
  # W, w: weak functions. (V, v and u are data, the same whatever the flags; undefined ones are another object's
  # business.) In a mangled name each part comes after its length: "4avx2", "11Avx2Kernels".
  leaks=$(awk '$2 ~ /^[Ww]$/ { print $3 }' <<<"$symbols" | grep -vi "[0-9]$target" | c++filt)
  if [ -n "$leaks" ]; then
    echo "FAILED: $object shares with other objects:"
    echo "$leaks"
    status=1
  fi
done
[ $checked -gt 0 ] || { echo "No object was compiled for an instruction set of its own."; exit 77; }
exit $status
