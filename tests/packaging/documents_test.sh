#!/usr/bin/env bash
# What the documents name exists, and versions agree.
# usage: documents_test.sh SOURCE_DIR PITH
set -u
pith=$2
cd "$1" || exit 1
status=0
fail() { echo "FAILED: $*"; status=1; }

# Commands of the quick start.
for command in tools/try tools/check; do
  grep -qF "./$command" README.md || fail "README.md does not show ./$command"
  [ -x $command ] || fail "$command is not executable"
done

# Local links of every document.
while IFS=: read -r document link; do
  target=$(dirname "$document")/${link%%#*}
  [ -e "$target" ] || fail "$document links to $link, which does not exist"
done < <(grep -oHE '\]\([^)]+\)' ./*.md docs/*.md | sed -E 's/\]\((.*)\)$/\1/' | grep -vE ':(https?:|#|mailto:)')

# Tests that documents name, such as `Reader.EmptyInput`, `cli.damage` and `packaging_install`.
tests=$(cat tests/*/*_test.cpp)
while read -r name; do
  case $name in
    cli.*) [ -e "tests/cli/cases/${name#cli.}.sh" ] || fail "no such test: $name" ;;
    packaging_*) [ -e "tests/${name/_//}_test.sh" ] || fail "no such test: $name" ;;
    *) grep -qF "(${name%.*}, ${name#*.})" <<<"$tests" || fail "no such test: $name" ;;
  esac
done < <(grep -ohE '`([A-Z][A-Za-z]+\.[A-Z][A-Za-z0-9]+|cli\.[a-z-]+|packaging_[a-z_]+)`' docs/determinism.md docs/reliability.md | tr -d '`' | sort -u)

version=$(sed -n 's/^#define PITH_VERSION_STRING "\(.*\)"/\1/p' include/pith/pith.h)
"$pith" -V | head -n 1 | grep -qF "$version" || fail "pith -V does not say $version"
grep -q "^## $version" CHANGELOG.md || fail "CHANGELOG.md has no entry for $version"

# Every option of the program is in its manual, and the examples of the manual name options that exist: both come from
# one table, so only the prose can be wrong.
"$pith" -H >/dev/null || fail "pith -H fails"
while read -r option; do
  grep -qE -- "(^|[ ,])$option([ =,[]|\$)" <("$pith" -H) || fail "docs/pith.1.md names $option, -H does not"
done < <(grep -oE -- '`--[a-z][a-z0-9-]*`' docs/pith.1.md | tr -d '`' | sort -u)
exit $status
