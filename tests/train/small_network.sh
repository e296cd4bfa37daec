# What the cases of pith-model train share: texts, a vocabulary, a small network.
text() { python3 "$TESTS/../train/make_text.py" "$@"; }
small_network() {
  text 2000 >text.txt
  text 100 2 >unseen.txt
  pith-model vocab -q --size 300 -o small.vocab text.txt
  cat >small.cfg <<'END'
blocks r
width 32
recurrence_width 32
feed_forward 64
ngram_rows 256
ngram_width 8
classes 16
streams 8
steps 32
micro_streams 4
warm_up 10
END
}
