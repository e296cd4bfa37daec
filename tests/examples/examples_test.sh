#!/usr/bin/env bash
# Runs the example programs on small made-up texts and compares what they print.
# usage: examples_test.sh ONE_SHOT STREAMING_FILTER RANDOM_ACCESS
set -u -o pipefail
one_shot=$1 filter=$2 random_access=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

# check NAME COMMAND...: the command must succeed.
check() {
  local name=$1
  shift
  if ! "$@"; then
    echo "FAILED: $name"
    failures=$((failures + 1))
  fi
}

# fails STATUS TEXT COMMAND...: must exit with STATUS and say TEXT on standard error.
fails() {
  local status=$1 text=$2
  shift 2
  "$@" >/dev/null 2>err
  [ $? -eq "$status" ] && grep -q -- "$text" err
}

from_file() { # from_file FILE COMMAND...: the command with FILE as its standard input
  local file=$1
  shift
  "$@" <"$file"
}

seq 1 40000 | awk '{ print "line", $1, "of a text that repeats itself", $1 * 7919 % 1000 }' >text
printf '\000\377\r\n' >tiny
: >empty
for name in text tiny empty; do
  "$filter" -z <$name >$name.pith || { echo "FAILED: cannot compress $name"; exit 1; }
done

# one_shot
size=$(wc -c <text)
check "one_shot prints sizes" grep -Eqx "text: $size -> [0-9]+ bytes, round trip ok" <("$one_shot" text)
check "one_shot takes an empty file" grep -Eqx "empty: 0 -> 35 bytes, round trip ok" <("$one_shot" empty)
check "one_shot names a missing file" fails 1 'one_shot: missing: cannot read it' "$one_shot" missing
check "one_shot explains itself" fails 2 'usage: one_shot FILE' "$one_shot"

# streaming_filter
for name in text tiny empty; do
  check "filter gives $name back" cmp <("$filter" -d <$name.pith) $name
done
check "the filter compresses" test "$(wc -c <text.pith)" -lt $((size / 4))
check "levels decode alike" cmp <("$filter" -z 1 <text | "$filter" -d) text
cat text.pith empty.pith tiny.pith >frames.pith
cat text tiny >frames
check "concatenated frames decode" cmp <("$filter" -d <frames.pith) frames
check "level 99 is refused" from_file text fails 1 'PITH_ERR_PARAM' "$filter" -z 99
head -c 100 text.pith >short.pith
check "truncation is told" from_file short.pith fails 1 'PITH_ERR_TRUNCATED' "$filter" -d
check "foreign data is told" from_file text fails 1 'PITH_ERR_FORMAT' "$filter" -d
check "no data is told" from_file empty fails 1 'PITH_ERR_TRUNCATED' "$filter" -d
(cat text.pith; echo trailing) >trailing.pith
check "trailing bytes are told" from_file trailing.pith fails 1 'PITH_ERR_TRAILING' "$filter" -d
if [ -c /dev/full ]; then
  "$filter" -d <text.pith >/dev/full 2>err
  check "a full disk is told" test $? -eq 1
fi

# random_access
range() { tail -c "+$(($1 + 1))" frames | head -c "$2"; }
for r in '0 1' '0 100' '12345 67890' "$((size - 10)) 100" "$((size + 2)) 1" "$((size + 4)) 5" '0 100000000'; do
  # shellcheck disable=SC2086  # two words on purpose
  check "range $r" cmp <("$random_access" frames.pith $r) <(range $r)
done
check "random access needs whole files" fails 1 'random_access: short.pith: ' "$random_access" short.pith 0 1
check "random access explains itself" fails 2 'usage: random_access' "$random_access" frames.pith x 1

[ $failures -eq 0 ] && echo "all examples behave"
exit $((failures != 0))
