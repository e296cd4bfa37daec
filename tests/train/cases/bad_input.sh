# What cannot be trained on, and what cannot be resumed, is said with the file's name.
. "$TESTS/../train/small_network.sh"
small_network
run() { # TEXT OPTION...
  text=$1
  shift
  pith-model train --tokens 2000 "$@" -- "$text" 2>&1 | grep '^pith-model'
}
new() { run "$@" -v small.vocab -c small.cfg; }
: >empty.txt
printf '\0\0\0' >zeros.txt
printf 'a' >tiny.txt
head -c 3000 /dev/urandom >noise.bin
new nosuch.txt -o x.run
new empty.txt -o x.run
new zeros.txt -o x.run
new text.txt -o nosuch/x.run
run text.txt -o x.run
run text.txt -o x.run -v text.txt
run text.txt -o x.run -v nosuch.vocab
run text.txt -o x.run -v small.vocab -c nosuch.cfg
printf 'width 32\nwith 64\n' >bad.cfg
run text.txt -o x.run -v small.vocab -c bad.cfg
printf 'classes 999\n' >bad.cfg
run text.txt -o x.run -v small.vocab -c bad.cfg
run text.txt -o x.run --resume
run text.txt -o text.txt --resume
pith-model train -v small.vocab -o x.run text.txt
# Small and strange texts are texts all the same.
new tiny.txt -o tiny.run
new noise.bin -o noise.run
pith-model eval noise.run empty.txt tiny.txt | cut -c1-24
# Another network than the checkpoint's.
sed 's/^width 32/width 40/' small.cfg >other.cfg
run tiny.txt -o tiny.run -c other.cfg --resume
head -c 20000 tiny.run >cut.run
pith-model eval cut.run text.txt
pith-model eval text.txt text.txt
pith-model export text.txt -o x.model
ls | grep 'x[.]' | grep -v tokens
true
