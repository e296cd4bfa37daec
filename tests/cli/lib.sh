# What all cases may use.

# Runs a command and prints its exit status, even where its output is redirected.
exec 3>&1
try() {
  "$@" 3>&-
  echo "status $?" >&3
}

# make_data text|noise|zeros SIZE: the same bytes every time.
make_data() { python3 "$TESTS/make_data.py" "$@"; }

# The machine cannot run this case.
skip() {
  echo "skipped: $*" >&2
  exit 77
}

need() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

# Prints the names in a directory, hidden ones too.
names() { find "${1:-.}" -mindepth 1 -printf '%P\n' | sort; }
