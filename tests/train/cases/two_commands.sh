# A model of one's own texts takes two commands.
. "$TESTS/../train/small_network.sh"
small_network
pith-model vocab -q --size 300 -o my.vocab text.txt
pith-model train -v my.vocab -c small.cfg -o my.run --tokens 60000 --held unseen.txt -- text.txt 2>log || cat log
grep -c 'bits/byte' log >/dev/null && echo "progress was reported"
# Two nouns and a verb of some 25 bytes cannot be known: 7.2 bits.
pith-model eval my.run unseen.txt | awk 'NR == 2 && $2 < 0.45 { print "learned", $1 }'
grep -c '<svg' my.run.svg
pith-model info my.run.level | sed -n 's/,.*//; /^checkpoint/p'
pith-model export my.run -o my.model | sed 's/: .*//'
pith-model eval my.model unseen.txt | awk 'NR == 2 && $2 < 0.46 { print "exported", $1 }'
pith-model info my.run | sed -n '/^blocks/p; /^numbers/p'
pith-model info my.model | sed -n '/^blocks/p; /^tokens/p'
