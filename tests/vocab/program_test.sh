#!/usr/bin/env bash
# pith-model vocab and info: what they write, and what they say of bad input.
# usage: program_test.sh PITH_MODEL PITH_CORPUS SHIPPED_VOCABULARY
set -u
model=$1
corpus=$2
shipped=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
status=0
fail() { echo "FAILED: $*"; status=1; }

expect_error() { # REGEX ARGUMENT...: exit status 1, nothing on standard output, one line that matches
  local regex=$1
  shift
  "$model" "$@" >out 2>err
  local got=$?
  [ $got -eq 1 ] || fail "$*: exit status $got"
  [ ! -s out ] || fail "$*: writes $(cat out)"
  grep -qE "$regex" err || fail "$*: says $(cat err)"
}

"$corpus" prose --size 300000 --seed 1 >prose
"$corpus" prose-crlf --size 300000 --seed 1 >crlf
: >empty
printf 'abc' >tiny

# The same files give the same vocabulary; existing files are replaced, and nothing else is left behind.
echo old >first
"$model" vocab -q -o first --size 1000 prose || fail "vocab: exit status $?"
"$model" vocab -o second --size 1000 prose 2>progress || fail "vocab: exit status $?"
cmp -s first second || fail "two runs differ"
grep -qE '^round +1: [0-9]+ tokens, [0-9.]+ bytes per token$' progress || fail "progress: $(head -n 1 progress)"
[ "$(ls | tr '\n' ' ')" = "crlf empty first progress prose second tiny " ] || fail "files: $(ls)"
"$model" info first | grep -qE '^vocabulary +1000 tokens$' || fail "info: $("$model" info first)"
[ "$("$model" info --tokens first | wc -l)" -eq 1000 ] || fail "info --tokens: wrong number of lines"
"$model" info --tokens first | head -n 1 | grep -qxF "$(printf '0\t"\\x00"')" || fail "info --tokens: $("$model" info --tokens first | head -n 1)"
"$model" info "$shipped" | grep -qE '^vocabulary +8192 tokens$' || fail "info of the shipped vocabulary"

# Texts with CR LF teach the tokens of texts with LF.
tr -d '\r' <crlf >lf
"$model" vocab -q -o from_crlf --size 600 crlf && "$model" info --tokens from_crlf | grep -qF '\x0d\n' && fail "a token has CR LF"
"$model" info --tokens from_crlf | grep -qE '[a-z.,]\\n"$' || fail "no token ends with a line"

# Too little text: fewer tokens, and a note.
"$model" vocab -q -o few tiny 2>err || fail "tiny: exit status $?"
grep -q 'few: only 256 tokens' err || fail "tiny: $(cat err)"
"$model" vocab -q -o part --sample 4K --size 400 empty prose || fail "a sample: exit status $?"

expect_error '^pith-model: empty: the texts are empty$' vocab -q -o out_file empty
expect_error '^pith-model: missing: cannot open: ' vocab -q -o out_file missing
expect_error '^pith-model: \.: not a regular file$' vocab -q -o out_file .
expect_error '^pith-model: nowhere/file: cannot create: ' vocab -q -o nowhere/file tiny
expect_error '.' vocab -q -o out_file --size 255 tiny
expect_error '.' vocab -q -o out_file --sample 2G tiny
expect_error '.' vocab prose
expect_error '.' nonsense
[ ! -e out_file ] || fail "a failed run leaves a file"
expect_error '^pith-model: missing: cannot open: ' info missing
expect_error '^pith-model: prose: not a file of pith-model \(at byte 0\)$' info prose
expect_error '^pith-model: empty: not a file of pith-model \(at byte 0\)$' info empty
head -c 1000 first >cut
expect_error '^pith-model: cut: the file ends inside .* \(at byte 1000\)$' info cut
{ cat first; echo; } >longer
expect_error "^pith-model: longer: data after the end \(at byte $(stat -c %s first)\)\$" info longer
{ head -c 100 first; printf '\377'; tail -c +102 first; } >damaged
expect_error '^pith-model: damaged: .* \(at byte [0-9]+\)$' info damaged

if [ -w /dev/full ]; then
  "$model" info --tokens first >/dev/full 2>err
  [ $? -eq 1 ] || fail "full disk: wrong exit status"
  grep -q "cannot write" err || fail "full disk: $(cat err)"
fi
for arguments in --help "vocab --help" "info --help" --version; do
  # shellcheck disable=SC2086
  "$model" $arguments >out 2>err || fail "$arguments: exit status $?"
  [ -s out ] && [ ! -s err ] || fail "$arguments: no help on standard output"
done
exit $status
