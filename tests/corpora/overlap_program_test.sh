#!/usr/bin/env bash
# pith-overlap finds a planted benchmark, whole or with other line ends, and lets a quotation pass.
# usage: overlap_program_test.sh PITH_OVERLAP PITH_CORPUS
set -u
overlap=$1
corpus=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
status=0
fail() { echo "FAILED: $*"; status=1; }

expect() { # STATUS LAST-WORD WHAT TEXT...
  local want=$1 last=$2 what=$3
  shift 3
  "$overlap" --benchmarks benchmarks -- "$@" >out 2>err
  local got=$?
  [ $got -eq "$want" ] || fail "$what: exit status $got, not $want: $(cat out err)"
  tail -n 1 out | grep -qE "$last\$" || fail "$what: ends with $(tail -n 1 out)"
}

mkdir benchmarks
"$corpus" prose --size 40000 --seed 1 >benchmarks/book
"$corpus" wiki --size 40000 --seed 2 >benchmarks/wiki
"$corpus" mail --size 200000 --seed 3 >text

expect 0 clean "no overlap" text
cat text benchmarks/book text >whole
expect 1 OVERLAP "the whole file" text whole
grep -q '^OVERLAP benchmarks/book: 40000 bytes shared (100.00 %), longest 40000' out || fail "no line for the file: $(cat out)"
grep -q '^40000 bytes: benchmarks/book at 0, whole at 200000$' out || fail "no place: $(cat out)"
# A copy with other line ends has no long string in common, but strings everywhere.
fold -s -w 70 benchmarks/book >folded && mv folded benchmarks/book
sed 's/$/\r/' benchmarks/book | cat text - >carriage
expect 1 OVERLAP "other line ends" carriage
{ cat text; head -c 9000 benchmarks/book | tail -c 300; cat text; } >quotation
expect 0 clean "a quotation" quotation
grep -qE '^3[0-9]{2} bytes: benchmarks/book at 87[0-9]{2}, quotation at ' out || fail "quotation not shown: $(cat out)"

"$overlap" --benchmarks benchmarks -- missing >out 2>err
[ $? -eq 2 ] || fail "missing file: wrong exit status"
grep -q 'missing: cannot read' err || fail "missing file: $(cat err)"
"$overlap" text >/dev/null 2>&1
[ $? -eq 2 ] || fail "no benchmarks: wrong exit status"
exit $status
