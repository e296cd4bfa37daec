#!/usr/bin/env bash
# The shared library exports exactly the functions its header declares.
# usage: exported_symbols_test.sh NM LIBRARY HEADER
set -u
nm=$1
library=$2
header=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$nm" -D --defined-only "$library" | awk '{ print $NF }' | sort >"$work/exported"
sed -n '/^#define/d; s/^PITH_API .*\(pith_[a-z0-9_]*\)(.*/\1/p' "$header" | sort >"$work/declared"
[ "$(wc -l <"$work/declared")" -eq "$(grep -c '^PITH_API ' "$header")" ] || {
  echo "FAILED: not every declaration of the header was understood"
  exit 1
}
diff "$work/declared" "$work/exported" || {
  echo "FAILED: < is declared but not exported, > is exported but not declared"
  exit 1
}
