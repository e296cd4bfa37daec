#!/usr/bin/env bash
# A build with flags that change floating-point results is refused, of every file of the library.
# usage: fast_math_test.sh COMPILER HEADER COMPILE_COMMANDS
set -u
status=0
compiles() { echo 'int main() {}' | "$@" -x c++ -fsyntax-only -include "$header" - 2>errors.$$; }
compiler=$1
header=$2
commands=$(realpath "$3")
cd "$(mktemp -d)" || exit 1
trap 'rm -rf "$PWD"' EXIT

compiles "$compiler" -O3 || { echo "FAILED: a plain build is refused: $(cat errors.$$)"; status=1; }
for flag in -ffast-math -Ofast -ffinite-math-only; do
  if compiles "$compiler" -O2 "$flag"; then
    echo "FAILED: $flag is accepted"
    status=1
  elif ! grep -q 'pith must not be built with' errors.$$; then
    echo "FAILED: $flag is refused without saying why: $(cat errors.$$)"
    status=1
  fi
done

# Every file of the library is compiled with that header before anything else, and without contraction.
lines=$(grep -E '"command":.* -c [^ ]*/(codec|ngram|model|container)/[^ ]*\.cpp"' "$commands" | grep -v '/tests/')
[ -n "$lines" ] || { echo "FAILED: no file of the library in $commands"; status=1; }
for flag in "-include [^ ]*/cmake/no_fast_math.h" -ffp-contract=off; do
  without=$(grep -vE -e " $flag " <<<"$lines")
  [ -z "$without" ] || { echo "FAILED: compiled without $flag: $without"; status=1; }
done
exit $status
