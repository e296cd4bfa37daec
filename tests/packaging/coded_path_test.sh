#!/usr/bin/env bash
# What decides a coded bit is integers: the library's objects take nothing from libm, BLAS or OpenMP, and have no
# instruction that computes with floats. But for those that train priors, whose results are files, and those that count
# or report.
#
# usage: coded_path_test.sh NM OBJDUMP PROCESSOR OBJECT...
set -u
nm=$1
objdump=$2
processor=$3
shift 3
# Training of priors; what a network costs, for people to read.
exempt='/(prior/(samples|packing|counting)|prior_trainer|ngram_training|network_config)\.cpp\.o(bj)?$'
# Functions of libm, with the suffixes of float and long double, and those of libraries that compute in parallel.
imports='^((a?(sin|cos|tan)h?|atan2|exp[2m]?1?|log(1p|2|10)?|pow|sqrt|cbrt|hypot|erfc?|[lt]gamma|fma|fmod|remainder|'
imports+='fdim|ldexp|frexp|scalbl?n|logb|modf|floor|ceil|trunc|l?l?round|l?l?rint|nearbyint)[fl]?|'
imports+='cblas_.*|[sd]gemm_?|openblas.*|omp_.*|GOMP_.*|__kmpc.*)$'
# Sums, products, roots, extremes, roundings and conversions, of one or several floats; those of the x87.
floats='^(v?(add|sub|mul|div|sqrt|rcp(14)?|rsqrt(14)?|fn?m(add|sub)[0-9]+|dp|round|rndscale|scalef|min|max)[sp][sd]|'
floats+='v?cvt[a-z0-9]*[sp][sd][0-9a-z]*|f(add|sub|mul|div|ld|st|ild|ist)[a-z0-9]*)$'
status=0
checked=0
for object in "$@"; do
  [[ $object =~ $exempt ]] && continue
  checked=$((checked + 1))
  found=$("$nm" -u "$object" | awk '{ print $NF }' | sed 's/@.*//' | grep -E "$imports")
  [ -z "$found" ] || { echo "FAILED: $object takes" $found; status=1; }
  case $processor in x86_64 | AMD64 | amd64) ;; *) continue ;; esac
  found=$("$objdump" -d --no-show-raw-insn "$object" | awk -F'\t' 'NF > 1 { split($2, word, " "); print word[1] }' |
    grep -E "$floats" | sort | uniq -c)
  [ -z "$found" ] || { echo "FAILED: $object computes with floats:" $found; status=1; }
done
[ $checked -gt 0 ] || { echo "FAILED: no object was looked at"; status=1; }
exit $status
