#!/usr/bin/env bash
# The completions load in their shells and offer what they should.
# usage: completions_test.sh DOCS_DIR
set -u
docs=$1
status=0
fail() { echo "FAILED: $*"; status=1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
touch notes.txt notes.txt.pith 'two words.tpith' prior.list
mkdir folder

# ---- bash: the function is called as the shell would call it. compopt works only inside a completion.
bash -n "$docs/pith.bash" || fail "bash: syntax"
# complete_bash WORD...: completes the last word; prints the replies, one a line, sorted
complete_bash() {
  bash --norc -c '
    compopt() { :; }
    . "$1"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _pith "$1" "${@: -1}" "${@: -2:1}"
    printf "%s\n" "${COMPREPLY[@]}" | sort' _ "$docs/pith.bash" "$@"
}
# offers EXPECTED WORD...
offers() {
  local expected=$1 got
  shift
  got=$(complete_bash "$@")
  [ "$got" = "$expected" ] || fail "bash: completing '$*' gave '$got', not '$expected'"
}
offers '--decompress' pith --dec
offers $'--no-sparse\n--no-sync' pith --no-s
offers $'notes.txt\nnotes.txt.pith' pith no
offers 'notes.txt.pith' pith -d no
offers 'notes.txt.pith' unpith no
offers 'two words.tpith' pith -tv two
offers 'folder' pith -d fo
offers 'folder' pith --output-dir = fo
offers 'prior.list' pith --files-from pri
offers '' pith -T ''
for letter in z d t l b c o f k S 1 9 B T M r q v h H V; do
  complete_bash pith - | grep -qx -e "-$letter" || fail "bash: -$letter is not offered"
done
registered=$(bash --norc -c '. "$1"; complete -p pith unpith pithcat' _ "$docs/pith.bash" | grep -c '_pith')
[ "$registered" = 3 ] || fail "bash: not registered for all three names"

# ---- zsh: the specifications, as the completion system would receive them.
if command -v zsh >/dev/null; then
  zsh -n "$docs/_pith" || fail "zsh: syntax"
  head -n 1 "$docs/_pith" | grep -qx '#compdef pith unpith pithcat' || fail "zsh: #compdef"
  specs=$(zsh -f -c '_arguments() { print -rl -- "$@"; }; . "$1"' _ "$docs/_pith")
  grep -qxF -- '*--output=[write to FILE (one input only)]:FILE:_files' <<<"$specs" ||
    fail "zsh: --output: $specs"
  grep -qF -- '*-d[' <<<"$specs" || fail "zsh: -d"
fi

# ---- fish: asked directly.
if command -v fish >/dev/null; then
  fish -n "$docs/pith.fish" || fail "fish: syntax"
  got=$(HOME=$work fish --no-config -c 'source $argv[1]; complete -C "pith --dec"' "$docs/pith.fish" |
    cut -f 1)
  [ "$got" = '--decompress' ] || fail "fish: pith --dec gave '$got'"
  got=$(HOME=$work fish --no-config -c 'source $argv[1]; complete -C "pith --output-dir fo"' \
    "$docs/pith.fish" | cut -f 1)
  [ "$got" = 'folder/' ] || fail "fish: pith --output-dir fo gave '$got'"
fi
exit $status
