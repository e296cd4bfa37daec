#!/usr/bin/env bash
# The manual pages are complete and correct for groff and mandoc.
# usage: manual_pages_test.sh DOCS_DIR PITH_MODEL
set -u
model=$2
cd "$1" || exit 1
status=0
fail() { echo "FAILED: $*"; status=1; }

for page in pith.1 pith-model.1 pith.5; do
  grep -q '^\.SH "NAME"$' $page || fail "$page has no NAME"
done
for section in SYNOPSIS OPTIONS 'EXIT STATUS' ENVIRONMENT EXAMPLES; do
  grep -qx "\.SH \"$section\"" pith.1 || fail "pith.1 has no $section"
done
grep -q '\\fB\\-\\-decompress\\fR' pith.1 || fail "pith.1 lacks the options"
for section in SYNOPSIS COMMANDS FILES 'EXIT STATUS' EXAMPLES; do
  grep -qx "\.SH \"$section\"" pith-model.1 || fail "pith-model.1 has no $section"
done
# Every command that the program has, with its options.
commands=$("$model" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
[ "$(wc -w <<<"$commands")" -ge 5 ] || fail "pith-model --help lists no commands"
for command in $commands; do
  grep -qxF ".SS \"${command//-/\\-}\"" pith-model.1 || fail "pith-model.1 lacks $command"
  for option in $("$model" "$command" --help | grep -oE -- '--[a-z][a-z-]*' | grep -v -- '--help' | sort -u); do
    grep -qF "\fB${option//-/\\-}\fR" pith-model.1 || fail "pith-model.1 lacks $option of $command"
  done
done
grep -q '89 70 69 74 68 0D 0A 1A' pith.5 || fail "pith.5 lacks the magic"

found=
if command -v man >/dev/null && command -v groff >/dev/null; then
  found=1
  for page in pith.1 pith-model.1 pith.5; do
    warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z ./$page \
      2>&1 >/dev/null)
    [ -z "$warnings" ] || fail "groff: $warnings"
  done
fi
if command -v mandoc >/dev/null; then
  found=1
  for page in pith.1 pith-model.1 pith.5; do
    # Pages are undated, so that a build gives the same bytes on every day.
    warnings=$(mandoc -T lint -W warning ./$page | grep -v 'missing date')
    [ -z "$warnings" ] || fail "mandoc: $warnings"
  done
fi
[ $status -ne 0 ] || [ -n "$found" ] || exit 77
exit $status
