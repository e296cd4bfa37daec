# What all cases may use.

# Runs a command and prints its exit status, even where its output is redirected.
exec 3>&1
try() {
  "$@" 3>&-
  echo "status $?" >&3
}

# make_data text|noise|zeros SIZE: the same bytes every time.
make_data() { python3 "$TESTS/make_data.py" "$@"; }

# A few lines of English, which level 5 codes with a network.
letter() {
  cat <<'END'
My dear friend, I have received your letter of the third, and I thank you for all the kind words that you wrote about my
brother. He was glad to hear that the house is finished at last, and that the garden will be ready before the summer. We
have had a long winter here, and nobody could remember so much snow in the streets. The children went to school on foot
every morning, because the road to the village was closed for three weeks. I hope that you will come to see us in the
spring, when the trees along the river are in flower.
END
}

# The machine cannot run this case.
skip() {
  echo "skipped: $*" >&2
  exit 77
}

need() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

# Prints the names in a directory, hidden ones too.
names() { find "${1:-.}" -mindepth 1 -printf '%P\n' | sort; }
