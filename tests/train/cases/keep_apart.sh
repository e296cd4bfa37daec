# --keep-apart: what must not be in the texts is searched for before anything is learned.
. "$TESTS/../train/small_network.sh"
small_network
mkdir apart
seq 1 900 | sed 's/.*/Entry & of the register: nothing was found./' >apart/book
seq 1 900 | sed 's/.*/On day & the gate was closed at noon./' >apart/days
quotation=$(sed -n '500,501p' apart/book)
printf '\0%s\n' "$quotation" >>text.txt
train() { # TOKENS OPTION...
  tokens=$1
  shift
  try pith-model train -v small.vocab -c small.cfg -o my.run --tokens "$tokens" "$@" 2>&1 |
    grep -E 'apart|about other texts|nosuch'
}
echo "-- in the texts"
cat text.txt apart/book >with.txt
try pith-model vocab -q --size 300 -o my.vocab --keep-apart apart -- with.txt
train 2000 --keep-apart apart -- with.txt
ls | grep "^my" || echo "nothing written"
echo "-- not in them"
train 2000 --keep-apart apart -- text.txt
pith-model info my.run | grep '^kept'
cut -f 1,3-5 my.run.overlap
try pith-model vocab -q --size 300 -o my.vocab --keep-apart apart -- text.txt
pith-model info my.vocab | grep '^kept'
echo "-- further, on the same texts and on others"
train 3000 --resume text.txt
pith-model info my.run | grep '^kept'
pith-model export --sample text.txt -o my.model my.run | sed 's/: .*//'
pith-model info my.model | grep '^kept'
train 4000 --resume text.txt with.txt
pith-model info my.run | grep '^kept'
echo "-- what cannot be read"
train 2000 --keep-apart nosuch -- text.txt
echo junk >my.model.overlap
pith-model info my.model | grep '^kept'
